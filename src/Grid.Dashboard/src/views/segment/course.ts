import { api } from "../../connection/api";
import { element, setText } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import { directedSums, type DirectedSums } from "../../format/directedSums";
import { Limits } from "../../limits";
import type { FlowSeries, FlowSpan, SchemeDefinition } from "../../wire/segments";
import type { ChartPicture } from "../chart/picture";
import type { Context } from "../context";
import { choices, section } from "../parts";
import { Question, unanswered } from "../question";

const spans = ["minute", "hour", "day"] as const;

/** How many rose, fell and entered, span by span. */
export function course(context: Context, lifetime: Lifetime, scheme: SchemeDefinition): HTMLElement {
  const { words, format } = context;
  let per: FlowSpan = "hour";
  let picture: ChartPicture<DirectedSums> | null = null;
  let sums: DirectedSums | null = null;
  const name = context.schemeName(scheme.id);
  const box = element("div", { class: "chart low", role: "img", "aria-label": words.course.label(name), "data-testid": "course-chart" });
  const sum = element("p", { class: "quiet small", "data-testid": "course-sum" });
  const draw = (): void => {
    if (sums !== null) picture?.draw(sums);
  };
  void import("../chart/flowBars").then(({ flowBars }) => {
    if (lifetime.ended) return;
    picture = flowBars(box, format);
    lifetime.add(() => picture?.dispose());
    draw();
  });
  const question = new Question<FlowSeries>(
    lifetime,
    Limits.FlowSeriesRefreshMilliseconds,
    (signal) => api.flows(scheme.id, per, signal),
    (answer) => {
      if (answer.kind !== "ok") {
        sum.replaceChildren(unanswered(context, answer));
        return;
      }
      sums = directedSums(answer.value, scheme.layers.map(({ id }) => id));
      const { up, down, entry } = sums.totals;
      box.dataset["per"] = per;
      setText(sum, words.course.sum(format.count(up), format.count(down), format.count(entry)));
      draw();
    },
  );
  const list = spans.map((value) => ({ value, text: words.course.per[value] }));
  const chooser = choices<FlowSpan>(words.flows.span, list, per, (chosen) => {
    per = chosen;
    question.again();
  });
  return section(words.course.heading, { class: "course", "data-testid": "course" }, chooser, sum, box);
}
