import { api } from "../../connection/api";
import { element } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import { Slot } from "../../dom/slot";
import { Limits } from "../../limits";
import type { HeldBand, LayerValue, SchemeDefinition, SegmentValue } from "../../wire/segments";
import type { Context } from "../context";
import { choices, layerChip, section } from "../parts";
import { Question, unanswered } from "../question";

const windows = ["30d", "90d", "365d", "all"] as const;
type Window = (typeof windows)[number];

/** The value of each layer's members, compared with the guidance of the scheme. */
export function value(context: Context, lifetime: Lifetime, scheme: SchemeDefinition): HTMLElement {
  const { words } = context;
  let window: Window = "90d";
  const slot = new Slot<SegmentValue>(element("div", {}), (answer) => table(context, scheme, answer));
  const trouble = element("div", {});
  const question = new Question<SegmentValue>(
    lifetime,
    Limits.ValueRefreshMilliseconds,
    (signal) => api.value(scheme.id, window, signal),
    (answer) => {
      if (answer.kind === "ok") {
        trouble.replaceChildren();
        slot.show(answer.value);
        slot.root.dataset["window"] = answer.value.window;
      } else trouble.replaceChildren(unanswered(context, answer));
    },
  );
  const list = windows.map((one) => ({ value: one, text: words.value.windows[one] }));
  const chooser = choices<Window>(words.value.window, list, window, (chosen) => {
    window = chosen;
    question.again();
  });
  return section(words.value.heading, { class: "flows", "data-testid": "value" }, chooser, trouble, slot.root);
}

function table(context: Context, scheme: SchemeDefinition, answer: SegmentValue): HTMLElement {
  const { words, format, catalog } = context;
  const { top } = answer;
  const heads: readonly (readonly [string, string | null])[] = [
    [words.value.customers, null],
    [words.value.revenue, null],
    [words.value.orders, null],
    [words.value.average, null],
    [words.value.interval, words.value.intervalTitle],
  ];
  return element(
    "div",
    {},
    element(
      "table",
      { class: "value-table" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col" }, words.segments.layer),
          ...heads.map(([name, title]) => element("th", { scope: "col", class: "number", title }, name)),
        ),
      ),
      element("tbody", {}, ...[...answer.layers].reverse().map((layer) => row(context, scheme, layer))),
    ),
    element(
      "p",
      { class: "quiet small value-foot", "data-testid": "value-total", "data-revenue": answer.revenue, "data-orders": answer.orders },
      words.value.total(format.money(answer.revenue, catalog.currency), format.count(answer.orders)),
      " ",
      top.revenueShare !== null && words.value.top(top.percent, format.count(top.withTies), format.share(top.revenueShare)),
    ),
  );
}

function row(context: Context, scheme: SchemeDefinition, layer: LayerValue): HTMLElement {
  const { words, format, catalog } = context;
  const { nothing } = words.value;
  const money = (minor: number | null): string => (minor === null ? nothing : format.money(minor, catalog.currency));
  const part = (name: string, text: string, share: number | null, band: HeldBand | null): HTMLElement =>
    element(
      "td",
      { class: "number", "data-label": name },
      element("span", {}, text),
      element("span", { class: "quiet share-part" }, share === null ? nothing : format.share(share)),
      bullet(context, name, share, band),
    );
  return element(
    "tr",
    {
      "data-testid": `value-${layer.layer}`,
      "data-members": layer.members,
      "data-revenue": layer.revenue,
      "data-orders": layer.orders,
      style: `--layer: ${context.layerColour(scheme.id, layer.layer)}`,
    },
    element("th", { scope: "row" }, layerChip(context, scheme.id, layer.layer)),
    part(words.value.customers, format.count(layer.members), layer.share, layer.guidance?.customers ?? null),
    part(words.value.revenue, money(layer.revenue), layer.revenueShare, layer.guidance?.revenue ?? null),
    element("td", { class: "number", "data-label": words.value.orders }, format.count(layer.orders)),
    element("td", { class: "number", "data-label": words.value.average }, money(layer.averageOrderValue)),
    element(
      "td",
      { class: "number", "data-label": words.value.interval, title: words.value.intervalTitle },
      layer.medianOrderInterval === null ? nothing : format.span(layer.medianOrderInterval),
    ),
  );
}

/** A share as a bar, with the band that it is meant to end in. */
function bullet(context: Context, name: string, share: number | null, band: HeldBand | null): HTMLElement {
  const { words, format } = context;
  const whole = (part: number): string => format.percent(part);
  const verdict = band === null || band.holds === null ? "" : band.holds ? words.value.inside : words.value.outside;
  const meant = band === null ? "" : words.value.guidance(whole(band.from), whole(band.to));
  return element(
    "span",
    { class: "bullet-box", title: [name, meant, verdict].filter((text) => text !== "").join(" · ") },
    element(
      "span",
      { class: "bullet" },
      band !== null && element("span", { class: "bullet-band", style: `left: ${band.from * 100}%; width: ${(band.to - band.from) * 100}%` }),
      element("span", { class: "bullet-bar", style: `width: ${Math.max(0, Math.min(1, share ?? 0)) * 100}%` }),
    ),
    band !== null &&
      element(
        "span",
        { class: "guidance", "data-holds": String(band.holds) },
        element("span", { role: "img", "aria-label": verdict }, band.holds === null ? "" : band.holds ? "✓" : "✗"),
        ` ${meant}`,
      ),
  );
}
