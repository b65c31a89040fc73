import { element } from "../dom/element";
import { addressOf, type Route } from "../route";
import type { Context } from "./context";

/** The overview and each scheme, one link each; the shown one is marked. */
export function schemeTabs(context: Context, route: Route): HTMLElement {
  const link = (href: string, text: string, current: boolean): HTMLElement =>
    element("a", { href, "aria-current": current ? "page" : null }, text);
  return element(
    "nav",
    { class: "tabs", "aria-label": context.words.segments.schemes },
    link(addressOf({ page: "overview" }), context.words.segments.all, route.page === "overview" || route.page === "feed"),
    ...context.catalog.schemes.map(({ id }) =>
      link(addressOf({ page: "scheme", scheme: id }), context.schemeName(id), route.page === "scheme" && route.scheme === id),
    ),
  );
}
