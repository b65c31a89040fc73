import { element } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import { Limits } from "../../limits";
import type { SchemeDefinition } from "../../wire/segments";
import type { ChartPicture } from "../chart/picture";
import type { ShareSeries } from "../chart/stackedShares";
import type { Context } from "../context";
import { choices, section } from "../parts";

type Range = "recent" | "session";

/** The course of a scheme's shares as a stacked area; the chart library is loaded when the first one is shown. */
export function shareChart(context: Context, lifetime: Lifetime, scheme: SchemeDefinition): HTMLElement {
  const { words, model } = context;
  let range: Range = "recent";
  let picture: ChartPicture<readonly ShareSeries[]> | null = null;
  const box = element("div", {
    class: "chart",
    role: "img",
    "aria-label": words.chart.label(context.schemeName(scheme.id)),
    "data-testid": "chart",
  });
  const series = (): readonly ShareSeries[] => {
    const since = range === "recent" ? Date.now() - Limits.RecentChartMilliseconds : 0;
    const samples = model.segments.history(scheme.id).since(since);
    return scheme.layers.map((layer) => ({
      name: context.layerName(scheme.id, layer.id),
      height: context.catalog.height(scheme.id, layer.id),
      points: samples.map(({ at, counts }): readonly [number, number] => {
        let total = 0;
        for (const count of counts.values()) total += count;
        return [at, total === 0 ? 0 : (counts.get(layer.id) ?? 0) / total];
      }),
    }));
  };
  const draw = (): void => picture?.draw(series());
  void import("../chart/stackedShares").then(({ stackedShares }) => {
    if (lifetime.ended) return;
    picture = stackedShares(box, context.format);
    lifetime.add(() => picture?.dispose());
    draw();
  });
  lifetime.every(Limits.HistorySampleMilliseconds, () => {
    if (!document.hidden) draw();
  });
  const ranges = (["recent", "session"] as const).map((value) => ({ value, text: words.chart[value] }));
  const chooser = choices<Range>(words.chart.heading, ranges, range, (chosen) => {
    range = chosen;
    draw();
  });
  return section(words.chart.heading, { class: "course" }, chooser, box, element("p", { class: "quiet small" }, words.chart.gathering));
}
