import { api } from "../../connection/api";
import { element } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import { directedSums, type DirectedSums } from "../../format/directedSums";
import { Limits } from "../../limits";
import type { SchemeDefinition, SchemeForecast } from "../../wire/segments";
import type { ChartPicture } from "../chart/picture";
import type { Context } from "../context";
import { layerChip, section } from "../parts";
import { Question, unanswered } from "../question";

const days = 30;

/** The moves of the next days if no event arrives: day by day as bars, and layer by layer. */
export function foresight(context: Context, lifetime: Lifetime, scheme: SchemeDefinition): HTMLElement {
  const { words, format } = context;
  let picture: ChartPicture<DirectedSums> | null = null;
  let sums: DirectedSums | null = null;
  const name = context.schemeName(scheme.id);
  const box = element("div", { class: "chart low", role: "img", "aria-label": words.course.label(name), hidden: true });
  const body = element("div", {});
  void import("../chart/flowBars").then(({ flowBars }) => {
    if (lifetime.ended) return;
    picture = flowBars(box, format);
    lifetime.add(() => picture?.dispose());
    if (sums !== null) picture.draw(sums);
  });
  const ask = (signal: AbortSignal): ReturnType<typeof api.foresee> => api.foresee(scheme.id, days, signal);
  new Question<SchemeForecast>(lifetime, Limits.ForecastRefreshMilliseconds, ask, (answer) => {
    if (answer.kind !== "ok") {
      body.replaceChildren(unanswered(context, answer));
      return;
    }
    sums = directedSums(answer.value, scheme.layers.map(({ id }) => id));
    box.hidden = answer.value.series.length === 0;
    body.replaceChildren(...outlook(context, scheme, answer.value));
    picture?.draw(sums);
  });
  return section(words.foresight.heading, { class: "foresight", "data-testid": "foresight" }, box, body);
}

function outlook(context: Context, scheme: SchemeDefinition, answer: SchemeForecast): readonly HTMLElement[] {
  const { words, format } = context;
  const notes = [
    answer.heldAgainst === null ? "" : words.foresight.heldAgainst(answer.heldAgainst),
    answer.cutShort === 0 ? "" : words.foresight.cutShort(format.count(answer.cutShort)),
  ].filter((note) => note !== "");
  const note = element("p", { class: "quiet small" }, notes.join(" "));
  if (answer.series.length === 0) return [element("p", { class: "quiet" }, words.foresight.nobody), note];
  const heads = [words.foresight.now, words.foresight.arrivals, words.foresight.departures, words.foresight.then];
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const number = (count: number): HTMLElement => element("td", { class: "number" }, format.count(count));
  const table = element(
    "table",
    { class: "records" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col" }, words.segments.layer),
        ...heads.map((head) => element("th", { scope: "col", class: "number" }, head)),
      ),
    ),
    element(
      "tbody",
      {},
      ...[...answer.layers].reverse().map(({ layer, count, arrivals, departures, counts }) =>
        element(
          "tr",
          { "data-testid": `foreseen-${layer}`, "data-arrivals": sum(arrivals), "data-departures": sum(departures) },
          element("th", { scope: "row" }, layerChip(context, scheme.id, layer)),
          number(count),
          number(sum(arrivals)),
          number(sum(departures)),
          number(counts.at(-1) ?? count),
        ),
      ),
    ),
  );
  return [element("p", { class: "quiet small" }, words.foresight.hint), table, note];
}
