import { element } from "../dom/element";
import type { Lifetime } from "../dom/lifetime";
import type { Context } from "./context";
import { layerRows } from "./layerRows";
import { section } from "./parts";
import { course } from "./segment/course";
import { exports } from "./segment/exports";
import { flows } from "./segment/flows";
import { foresight } from "./segment/foresight";
import { migration } from "./segment/migration";
import { shareChart } from "./segment/shareChart";
import { value } from "./segment/value";
import { schemeSentences } from "./schemeSentences";
import { strata } from "./strata";

/** One scheme in full: its layers with playbooks, the course of their shares, and who moved where. */
export function schemePage(context: Context, lifetime: Lifetime, id: string): HTMLElement {
  const { words, catalog } = context;
  const scheme = catalog.scheme(id);
  if (scheme === undefined) return element("p", { class: "panel empty", role: "alert" }, words.segments.unknownScheme(id));
  return element(
    "div",
    { class: "scheme" },
    element(
      "header",
      { class: "page-head" },
      element("h1", {}, context.schemeName(id)),
      ...schemeSentences(context, scheme),
      element(
        "p",
        { class: "quiet small" },
        `${id} · ${words.segments.layers(scheme.layers.length)} · ${words.segments.rulebook(catalog.rulebook)}`,
      ),
    ),
    section(words.customer.layers, {}, strata(context, lifetime, scheme), layerRows(context, lifetime, scheme, true)),
    value(context, lifetime, scheme),
    shareChart(context, lifetime, scheme),
    course(context, lifetime, scheme),
    flows(context, lifetime, scheme),
    migration(context, lifetime, scheme),
    foresight(context, lifetime, scheme),
    exports(context, scheme),
  );
}
