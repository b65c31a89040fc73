import { element } from "../../dom/element";
import { nameIn } from "../../locales/language";
import type { Condition, Explanation, OtherLayer, Score, Scores } from "../../wire/customers";
import type { Context } from "../context";
import { layerChip, section } from "../parts";

/** Why the customer is in its layer of a scheme: the condition that decided, the scores, and what the customer lacks for the other layers. */
export function explanation(context: Context, reason: Explanation): HTMLElement {
  const { words } = context;
  const { scheme, layer } = reason;
  const heading = words.explain.why(context.schemeName(scheme), context.layerName(scheme, layer));
  return section(
    heading,
    { class: "explain", "data-testid": "explain", "data-scheme": scheme },
    element(
      "p",
      { class: "verdict" },
      layerChip(context, scheme, layer),
      element("span", {}, reason.decidedBy === null ? words.explain.last : words.explain.decided),
      element("span", { class: "quiet small basis" }, words.explain.basis(reason.rulebook, reason.baseline)),
    ),
    reason.decidedBy === null ? null : element("ul", { class: "conditions" }, conditionNode(context, reason.decidedBy)),
    reason.scores === null ? null : scores(context, reason.scores),
    reason.others.length === 0 ? null : element("h3", {}, words.explain.others),
    element("div", { class: "others" }, ...reason.others.map((other) => otherLayer(context, scheme, other))),
  );
}

function conditionNode(context: Context, condition: Condition): HTMLElement {
  const { words } = context;
  const { kind, holds, text, actual, children } = condition;
  const verdict = holds ? words.explain.holds : words.explain.fails;
  return element(
    "li",
    { class: holds ? "holds" : "fails" },
    element("span", { class: "verdict-mark", role: "img", "aria-label": verdict }, holds ? "✓" : "✗"),
    kind === "comparison" ? element("code", {}, text) : element("span", { class: "group", title: text }, words.explain[kind]),
    actual !== null && element("span", { class: "actual" }, words.explain.actual(actual)),
    children.length > 0 && element("ul", {}, ...children.map((child) => conditionNode(context, child))),
  );
}

function otherLayer(context: Context, scheme: string, { layer, condition, missing }: OtherLayer): HTMLElement {
  const { words, format } = context;
  return element(
    "details",
    { "data-key": layer, "data-layer": layer },
    element(
      "summary",
      {},
      layerChip(context, scheme, layer),
      element("span", { class: "missing" }, missing.map(({ text }) => nameIn(format.language, text)).join(" · ")),
    ),
    condition === null
      ? element("p", { class: "quiet" }, words.explain.last)
      : element("ul", { class: "conditions" }, conditionNode(context, condition)),
  );
}

function scores(context: Context, value: Scores): HTMLElement {
  const { words, format } = context;
  if (!value.scored) return element("p", { class: "quiet" }, words.explain.notScored);
  const rows: readonly (readonly [string, Score | null])[] = [
    [words.explain.recency, value.recency],
    [words.explain.frequency, value.frequency],
    [words.explain.monetary, value.monetary],
  ];
  return element(
    "div",
    { class: "scores" },
    element("h3", {}, words.explain.scores, " ", element("span", { class: "quiet small" }, words.explain.scoredOf(format.count(value.n)))),
    ...rows.map(([name, score]) => (score === null ? null : scoreRow(context, name, score))),
  );
}

function scoreRow(context: Context, name: string, { value, score, high, cuts }: Score): HTMLElement {
  const { words } = context;
  const pips = [1, 2, 3, 4, 5].map((step) => element("span", { class: step <= score ? "pip on" : "pip" }));
  return element(
    "div",
    { class: "score" },
    element("span", { class: "score-name" }, name),
    element("span", { class: "pips", role: "img", "aria-label": words.explain.score(score) }, ...pips),
    element("span", { class: high ? "badge high" : "badge" }, high ? words.explain.high : words.explain.low),
    element("b", {}, value),
    element("span", { class: "quiet small cuts", title: words.explain.cuts }, `2–5: ${cuts.join(" · ")}`),
  );
}
