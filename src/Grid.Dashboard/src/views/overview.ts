import { element } from "../dom/element";
import type { Lifetime } from "../dom/lifetime";
import { nameIn } from "../locales/language";
import { addressOf } from "../route";
import type { SchemeDefinition } from "../wire/segments";
import type { Context } from "./context";
import { layerRows } from "./layerRows";
import { strata } from "./strata";

/** Every scheme as a card. */
export function overview(context: Context, lifetime: Lifetime): HTMLElement {
  const { words, catalog } = context;
  return element(
    "div",
    { class: "overview" },
    element("h1", { class: "visually-hidden" }, words.segments.heading),
    element("div", { class: "cards" }, ...catalog.schemes.map((scheme) => card(context, lifetime, scheme))),
  );
}

function card(context: Context, lifetime: Lifetime, scheme: SchemeDefinition): HTMLElement {
  const name = context.schemeName(scheme.id);
  const href = addressOf({ page: "scheme", scheme: scheme.id });
  return element(
    "article",
    { class: "panel card", "data-testid": `scheme-${scheme.id}` },
    element(
      "header",
      { class: "card-head" },
      element("h2", {}, element("a", { href, "aria-label": context.words.segments.open(name) }, name)),
      element("p", { class: "quiet" }, nameIn(context.format.language, scheme.description)),
    ),
    strata(context, lifetime, scheme),
    layerRows(context, lifetime, scheme, false),
  );
}
