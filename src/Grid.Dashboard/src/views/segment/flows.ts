import { api } from "../../connection/api";
import { element } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import { Limits } from "../../limits";
import type { FlowSpan, SchemeDefinition, SegmentDetail } from "../../wire/segments";
import type { Context } from "../context";
import { matrix } from "../matrix";
import { choices, section } from "../parts";

/** The migration matrix of a scheme over the last minute, hour or day. */
export function flows(context: Context, lifetime: Lifetime, scheme: SchemeDefinition): HTMLElement {
  const { words } = context;
  let span: FlowSpan = "day";
  let detail: SegmentDetail | null = null;
  const body = element("div", { class: "matrix-box" });
  const show = (): void => {
    if (detail === null) return;
    const moves = detail.flows[span];
    const isStill = moves.every(({ count }) => count === 0);
    body.replaceChildren(
      isStill ? element("p", { class: "quiet" }, words.flows.none) : matrix(context, scheme, moves, false),
    );
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
