import { element } from "../dom/element";
import type { Flow } from "../wire/segments";
import type { Context } from "./context";

/** Layers, lowest rank first when they have ranks. */
interface Layered {
  readonly id: string;
  readonly isOrdered: boolean;
  readonly layers: readonly { readonly id: string }[];
}

/**
 * Rows are the earlier layers of customers, columns the present ones; null is outside of the scheme. With `onChoose` every cell with
 * customers is a button.
 */
export function matrix(
  context: Context,
  scheme: Layered,
  moves: readonly Flow[],
  withStays: boolean,
  onChoose?: (from: string | null, to: string | null) => void,
): HTMLElement {
  const { words, format } = context;
  const counts = new Map(moves.map(({ from, to, count }) => [key(from, to), count]));
  const most = Math.max(1, ...moves.filter(({ from, to }) => from !== to).map(({ count }) => count));
  const ranks = new Map(scheme.layers.map((layer, rank) => [layer.id, rank]));
  const all = new Set([...scheme.layers.map(({ id }) => id), ...moves.flatMap(({ from, to }) => [from, to])]);
  all.delete(null);
  const layers = [...all];
  const origins = moves.some(({ from }) => from === null) ? [null, ...layers] : layers;
  const goals = moves.some(({ to }) => to === null) ? [...layers, null] : layers;
  const name = (layer: string | null, outside: string): string => (layer === null ? outside : context.layerName(scheme.id, layer));
  const way = (from: string | null, to: string | null): string => {
    if (from === null) return "entry";
    if (to === null) return "downgrade";
    if (!scheme.isOrdered) return "change";
    return (ranks.get(to) ?? 0) > (ranks.get(from) ?? 0) ? "upgrade" : "downgrade";
  };
  const cell = (from: string | null, to: string | null): HTMLElement => {
    const count = counts.get(key(from, to)) ?? 0;
    const text = count === 0 ? "" : format.count(count);
    const title = `${name(from, words.flows.entry)} → ${name(to, words.flows.left)}: ${format.count(count)}`;
    const testId = `cell-${from ?? ""}-${to ?? ""}`;
    const content =
      onChoose === undefined || count === 0
        ? text
        : element("button", { type: "button", "aria-label": title, "data-testid": testId, onclick: () => onChoose(from, to) }, text);
    if (from === to) return element("td", { class: withStays ? "number stays" : "same" }, withStays && content);
    // The square root keeps small flows visible beside large ones.
    const weight = count === 0 ? 0 : Math.round(10 + 55 * Math.sqrt(count / most));
    return element("td", { class: `number ${way(from, to)}`, style: `--weight: ${weight}%`, title }, content);
  };
  return element(
    "table",
    { class: "matrix" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col", class: "corner" }, `${words.flows.from} ↓ ${words.flows.to} →`),
        ...goals.map((to) => element("th", { scope: "col" }, name(to, words.flows.left))),
      ),
    ),
    element(
      "tbody",
      {},
      ...origins.map((from) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, name(from, words.flows.entry)),
          ...goals.map((to) => cell(from, to)),
        ),
      ),
    ),
  );
}

function key(from: string | null, to: string | null): string {
  return `${from ?? ""}>${to ?? ""}`;
}
