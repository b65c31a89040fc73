import { element } from "../dom/element";
import { Lifetime } from "../dom/lifetime";
import { addressOf } from "../route";
import { grouped } from "../store/schemeGroups";
import type { SchemeDefinition } from "../wire/segments";
import type { Context } from "./context";
import { layerRows } from "./layerRows";
import { schemeSentences } from "./schemeSentences";
import { strata } from "./strata";

/** Every scheme as a card, group by group, or those of the chosen group. */
export function overview(context: Context, lifetime: Lifetime): HTMLElement {
  const { words, catalog, model } = context;
  const groups = grouped(catalog.schemes);
  const body = element("div", { class: "groups" });
  let shown = new Lifetime();
  lifetime.add(() => shown.end());
  lifetime.add(
    model.group.watch((group) => {
      shown.end();
      shown = new Lifetime();
      const isNarrowed = group !== null && groups.has(group);
      const cards = [...groups].filter(([name]) => !isNarrowed || name === group);
      body.replaceChildren(...cards.map(([name, schemes]) => cardGroup(context, shown, words.segments.group[name], schemes)));
    }),
  );
  return element("div", { class: "overview" }, element("h1", { class: "visually-hidden" }, words.segments.heading), body);
}

function cardGroup(context: Context, lifetime: Lifetime, name: string, schemes: readonly SchemeDefinition[]): HTMLElement {
  return element(
    "section",
    { class: "card-group", "aria-label": name },
    element("h2", { class: "group-name" }, name),
    element("div", { class: "cards" }, ...schemes.map((scheme) => card(context, lifetime, scheme))),
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
      element("h3", {}, element("a", { href, "aria-label": context.words.segments.open(name) }, name)),
      ...schemeSentences(context, scheme),
    ),
    strata(context, lifetime, scheme),
    layerRows(context, lifetime, scheme, false),
  );
}
