import { element } from "../../dom/element";
import { Limits } from "../../limits";
import { nameIn } from "../../locales/language";
import { addressOf } from "../../route";
import type { Preview, PreviewedCell, PreviewedScheme } from "../../wire/previews";
import type { Context } from "../context";
import { matrix } from "../matrix";
import { layerChip } from "../parts";

/** What publishing the draft would do: sizes, the moves of customers with their reasons, and the moved revenue. */
export function trialResult(context: Context, preview: Preview): HTMLElement {
  const { words, format } = context;
  const { schemes, unchanged } = preview;
  return element(
    "div",
    { class: "trial-schemes" },
    element("p", { class: "quiet small" }, words.trial.basis(format.count(preview.customers), format.second(preview.asOf))),
    ...schemes.map((scheme, position) => schemeOf(context, scheme, position < Limits.TrialSchemesOpen)),
    element(
      "p",
      { class: "quiet small", "data-testid": "trial-unchanged", "data-count": unchanged.length },
      schemes.length === 0 ? words.trial.nothing : words.trial.unchanged(unchanged.length),
    ),
  );
}

function schemeOf(context: Context, scheme: PreviewedScheme, isOpen: boolean): HTMLElement {
  const { words, format } = context;
  const movers = scheme.cells.filter(isMove);
  const moved = words.trial.moved(format.count(scheme.moved));
  return element(
    "details",
    { class: "trial-scheme", "data-testid": `trial-${scheme.scheme}`, "data-moved": scheme.moved, open: isOpen },
    element(
      "summary",
      {},
      element("b", {}, context.schemeName(scheme.scheme)),
      element("span", { class: "badge" }, words.trial.change[scheme.change]),
      element("span", { class: "quiet small" }, moved),
    ),
    sizes(context, scheme),
    movers.length > 0 &&
      element("p", { class: "small", "data-testid": "trial-revenue", "data-revenue": sum(movers, "revenue") }, revenue(context, movers)),
    scheme.cells.length > 0 && moves(context, scheme),
  );
}

function sizes(context: Context, { scheme, layers }: PreviewedScheme): HTMLElement {
  const { words, format } = context;
  const size = (count: number | null): string => (count === null ? words.value.nothing : format.count(count));
  return element(
    "div",
    { class: "matrix-box" },
    element(
      "table",
      { class: "trial-sizes" },
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col" }, words.segments.layer),
          ...[words.trial.before, words.trial.after, words.trial.difference].map((text) =>
            element("th", { scope: "col", class: "number" }, text),
          ),
        ),
      ),
      element(
        "tbody",
        {},
        ...layers.toReversed().map(({ layer, before, after }) => {
          const difference = (after ?? 0) - (before ?? 0);
          return element(
            "tr",
            { "data-testid": `size-${layer}`, "data-before": before ?? "", "data-after": after ?? "" },
            element("th", { scope: "row" }, layerChip(context, scheme, layer)),
            element("td", { class: "number" }, size(before)),
            element("td", { class: "number" }, size(after)),
            element("td", { class: "number", "data-change": wayOf(difference) }, difference === 0 ? "" : format.signed(difference)),
          );
        }),
      ),
    ),
  );
}

/** The matrix, and examples of customers for the chosen cell; the cell with most customers is chosen at first. */
function moves(context: Context, scheme: PreviewedScheme): HTMLElement {
  const { words } = context;
  const box = element("div", { class: "trial-cell", role: "status", "data-testid": "trial-cell" });
  const choose = (from: string | null, to: string | null): void => {
    const cell = scheme.cells.find((candidate) => candidate.from === from && candidate.to === to);
    if (cell === undefined) return;
    box.dataset["from"] = from ?? "";
    box.dataset["to"] = to ?? "";
    box.replaceChildren(...examples(context, scheme.scheme, cell));
    for (const button of table.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset["testid"] === `cell-${from ?? ""}-${to ?? ""}`));
    }
  };
  const flows = scheme.cells.map(({ from, to, customers }) => ({ from, to, count: customers }));
  const isOrdered = context.catalog.scheme(scheme.scheme)?.isOrdered ?? true;
  const layered = { id: scheme.scheme, isOrdered, layers: scheme.layers.map(({ layer }) => ({ id: layer })) };
  const table = matrix(context, layered, flows, true, choose);
  const movers = scheme.cells.filter(isMove);
  const [first] = (movers.length === 0 ? scheme.cells : movers).toSorted((left, right) => right.customers - left.customers);
  if (first !== undefined) choose(first.from, first.to);
  return element(
    "div",
    { class: "trial-moves" },
    element("p", { class: "quiet small" }, words.trial.hint),
    element("div", { class: "matrix-box" }, table),
    box,
  );
}

function examples(context: Context, scheme: string, cell: PreviewedCell): readonly HTMLElement[] {
  const { words, format } = context;
  const name = (layer: string | null, outside: string): string => (layer === null ? outside : context.layerName(scheme, layer));
  const way = `${name(cell.from, words.flows.entry)} → ${name(cell.to, words.flows.left)}`;
  return [
    element("h3", {}, way, " ", element("span", { class: "quiet small" }, words.trial.customers(format.count(cell.customers)))),
    element("p", { class: "quiet small" }, revenue(context, [cell])),
    element(
      "ul",
      { class: "trial-examples" },
      ...cell.examples.map(({ customer, reason }) =>
        element(
          "li",
          { "data-testid": "trial-example", "data-customer": customer },
          element("a", { href: addressOf({ page: "customer", customer, scheme }) }, customer),
          element("span", {}, nameIn(format.language, reason.text)),
        ),
      ),
    ),
  ];
}

function revenue(context: Context, cells: readonly PreviewedCell[]): string {
  const money = (of: "revenue" | "revenueOfYear"): string => context.format.money(sum(cells, of), context.catalog.currency);
  return context.words.trial.revenue(money("revenue"), money("revenueOfYear"));
}

function sum(cells: readonly PreviewedCell[], of: "revenue" | "revenueOfYear"): number {
  return cells.reduce((total, cell) => total + cell[of], 0);
}

function isMove({ from, to }: PreviewedCell): boolean {
  return from !== to;
}

function wayOf(difference: number): string {
  return difference > 0 ? "up" : difference < 0 ? "down" : "none";
}
