import { element } from "../dom/element";
import { addressOf, type Route } from "../route";
import { grouped, groupOf, type SchemeGroup } from "../store/schemeGroups";
import type { SchemeDefinition } from "../wire/segments";
import type { Context } from "./context";

/** The groups of schemes with the rulebook beside them, and below the schemes of the chosen group, one link each. */
export function schemeTabs(context: Context, route: Route): readonly HTMLElement[] {
  const { words, model, catalog } = context;
  const groups = grouped(catalog.schemes);
  const shown = route.page === "scheme" ? catalog.scheme(route.scheme) : undefined;
  const remembered = model.group.value;
  const chosen = shown !== undefined ? groupOf(shown) : remembered !== null && groups.has(remembered) ? remembered : null;
  const onOverview = route.page === "overview" || route.page === "feed";
  const link = (group: SchemeGroup | null, text: string, count: number): HTMLElement =>
    element(
      "a",
      {
        href: addressOf({ page: "overview" }),
        "aria-current": group === chosen && onOverview ? "page" : group === chosen && shown !== undefined ? "true" : null,
        "data-testid": `group-${group ?? "all"}`,
        onclick: () => model.group.set(group),
      },
      text,
      element("span", { class: "tab-count" }, ` ${count}`),
    );
  const rulebook = element(
    "a",
    { class: "tab-rulebook", href: addressOf({ page: "rulebook" }), "aria-current": route.page === "rulebook" ? "page" : null },
    words.segments.rulebook(catalog.rulebook),
  );
  const first = element(
    "nav",
    { class: "tabs", "aria-label": words.segments.groups },
    link(null, words.segments.all, catalog.schemes.length),
    ...[...groups].map(([group, schemes]) => link(group, words.segments.group[group], schemes.length)),
    rulebook,
  );
  const members = chosen === null || !(onOverview || shown !== undefined) ? [] : (groups.get(chosen) ?? []);
  return members.length === 0 ? [first] : [first, schemeLinks(context, members, shown)];
}

function schemeLinks(context: Context, schemes: readonly SchemeDefinition[], shown: SchemeDefinition | undefined): HTMLElement {
  return element(
    "nav",
    { class: "tabs tabs-schemes", "aria-label": context.words.segments.schemes },
    ...schemes.map(({ id }) =>
      element(
        "a",
        { href: addressOf({ page: "scheme", scheme: id }), "aria-current": id === shown?.id ? "page" : null },
        context.schemeName(id),
      ),
    ),
  );
}
