import { element } from "../../dom/element";
import type { CustomerLayer } from "../../wire/customers";
import type { Context } from "../context";
import { causeText, instant, layerChip, section } from "../parts";

export interface LayersShown {
  readonly layers: readonly CustomerLayer[];
  /** The scheme that is explained below. */
  readonly chosen: string | null;
}

/** The customer's layer in every scheme, since when and why, and when time alone may change it. */
export function layers(context: Context, { layers: list, chosen }: LayersShown, onChoose: (scheme: string) => void): HTMLElement {
  const { words } = context;
  const columns = [words.customer.scheme, words.customer.layer, words.customer.since, words.customer.cause, words.customer.nextAt, ""];
  return section(
    words.customer.layers,
    { "data-testid": "customer-layers" },
    element(
      "table",
      { class: "records stacking" },
      element("thead", {}, element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, ...list.map((layer) => row(context, layer, layer.scheme === chosen, onChoose))),
    ),
  );
}

function row(context: Context, layer: CustomerLayer, chosen: boolean, onChoose: (scheme: string) => void): HTMLElement {
  const { words, format } = context;
  const { scheme, pending } = layer;
  return element(
    "tr",
    { class: chosen ? "chosen" : "", "data-scheme": scheme, "data-layer": layer.layer },
    element("th", { scope: "row" }, context.schemeName(scheme)),
    element(
      "td",
      { title: layer.from === null ? null : words.customer.from(context.layerName(scheme, layer.from)) },
      layerChip(context, scheme, layer.layer),
      pending !== null &&
        element(
          "span",
          { class: "small line pending", "data-testid": "pending" },
          words.customer.pending(context.layerName(scheme, pending.layer), format.minute(pending.takesEffectAt)),
        ),
    ),
    element("td", { "data-label": words.customer.since }, instant(context, layer.since)),
    element("td", { "data-label": words.customer.cause }, causeText(context, layer.cause)),
    element("td", { "data-label": words.customer.nextAt }, layer.nextAt === null ? "–" : instant(context, layer.nextAt)),
    element(
      "td",
      {},
      element(
        "button",
        {
          type: "button",
          class: "plain",
          "aria-pressed": String(chosen),
          "data-testid": `explain-${scheme}`,
          "aria-label": words.explain.why(context.schemeName(scheme), context.layerName(scheme, layer.layer)),
          onclick: () => onChoose(scheme),
        },
        words.customer.whyThis,
      ),
    ),
  );
}
