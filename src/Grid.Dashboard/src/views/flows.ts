import { api } from "../connection/api";
import { element } from "../dom/element";
import type { Lifetime } from "../dom/lifetime";
import { Limits } from "../limits";
import type { Flow, FlowSpan, SchemeDefinition, SegmentDetail } from "../wire/segments";
import type { Context } from "./context";
import { choices, section } from "./parts";

/** The migration matrix of a scheme over the last minute, hour or day. */
export function flows(context: Context, lifetime: Lifetime, scheme: SchemeDefinition): HTMLElement {
  const { words } = context;
  let span: FlowSpan = "day";
  let detail: SegmentDetail | null = null;
  const body = element("div", { class: "matrix-box" });
  const show = (): void => {
    if (detail !== null) body.replaceChildren(matrix(context, scheme, detail.flows[span]));
  };
  const questions = new AbortController();
  lifetime.add(() => questions.abort());
  const ask = async (): Promise<void> => {
    if (document.hidden) return;
    const answer = await api.segment(scheme.id, questions.signal);
    if (answer.kind !== "ok" || lifetime.ended) return;
    detail = answer.value;
    show();
  };
  void ask();
  lifetime.every(Limits.FlowRefreshMilliseconds, () => void ask());
  const spans = (["minute", "hour", "day"] as const).map((value) => ({ value, text: words.flows[value] }));
  const chooser = choices<FlowSpan>(words.flows.span, spans, span, (chosen) => {
    span = chosen;
    show();
  });
  const hint = element("p", { class: "quiet small" }, words.flows.hint);
  return section(words.flows.heading, { class: "flows", "data-testid": "flows" }, chooser, hint, body);
}

function matrix(context: Context, scheme: SchemeDefinition, list: readonly Flow[]): HTMLElement {
  const { words, format } = context;
  if (list.every(({ count }) => count === 0)) return element("p", { class: "quiet" }, words.flows.none);
  const counts = new Map(list.map(({ from, to, count }) => [`${from ?? ""}>${to}`, count]));
  const most = Math.max(...list.map(({ count }) => count));
  const ranks = new Map(scheme.layers.map((layer, rank) => [layer.id, rank]));
  const name = (layer: string): string => context.layerName(scheme.id, layer);
  const cell = (from: string | null, to: string): HTMLElement => {
    const count = counts.get(`${from ?? ""}>${to}`) ?? 0;
    if (from === to) return element("td", { class: "same" });
    const way = from === null ? "entry" : (ranks.get(to) ?? 0) > (ranks.get(from) ?? 0) ? "upgrade" : "downgrade";
    // The square root keeps small flows visible beside large ones.
    const weight = count === 0 ? 0 : Math.round(10 + 55 * Math.sqrt(count / most));
    const title = `${from === null ? words.flows.entry : name(from)} → ${name(to)}: ${format.count(count)}`;
    return element("td", { class: `number ${way}`, style: `--weight: ${weight}%`, title }, count === 0 ? "" : format.count(count));
  };
  const origins: readonly (string | null)[] = [
    ...(list.some(({ from }) => from === null) ? [null] : []),
    ...scheme.layers.map(({ id }) => id),
  ];
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
        ...scheme.layers.map(({ id }) => element("th", { scope: "col" }, name(id))),
      ),
    ),
    element(
      "tbody",
      {},
      ...origins.map((from) =>
        element(
          "tr",
          {},
          element("th", { scope: "row" }, from === null ? words.flows.entry : name(from)),
          ...scheme.layers.map(({ id }) => cell(from, id)),
        ),
      ),
    ),
  );
}
