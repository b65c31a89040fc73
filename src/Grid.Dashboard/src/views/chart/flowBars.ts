import { BarChart, type BarSeriesOption } from "echarts/charts";
import { GridComponent, TooltipComponent, type GridComponentOption, type TooltipComponentOption } from "echarts/components";
import { use, type ComposeOption } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { ways, type DirectedSums, type Way } from "../../format/directedSums";
import type { Format } from "../../format/format";
import { chartPicture, type ChartPicture, type Ink } from "./picture";

use([BarChart, GridComponent, TooltipComponent, CanvasRenderer]);

type Option = ComposeOption<BarSeriesOption | GridComponentOption | TooltipComponentOption>;

const colours: Readonly<Record<Way, { readonly light: string; readonly dark: string }>> = {
  up: { light: "#3f9b7a", dark: "#52d3a2" },
  down: { light: "#cf6a55", dark: "#ff917b" },
  entry: { light: "#6f95cf", dark: "#8dbaff" },
  exit: { light: "#a7b0ab", dark: "#66726c" },
};

/** Draws moves as bars: up and in above the line, down and out below it. */
export function flowBars(box: HTMLElement, format: Format): ChartPicture<DirectedSums> {
  return chartPicture(box, (sums, ink): Option => optionOf(sums, format, ink));
}

function optionOf({ starts, counts, totals }: DirectedSums, format: Format, { dark, text, surface, line, fontFamily }: Ink): Option {
  const words = format.messages.course;
  const length = (starts[1] ?? 0) - (starts[0] ?? 0);
  const label = (at: number): string => (length >= 86_400_000 ? format.day(at) : format.short(at));
  const isBelow = (way: Way): boolean => way === "down" || way === "exit";
  return {
    animation: false,
    textStyle: { fontFamily },
    grid: { left: 52, right: 14, top: 12, bottom: 26 },
    xAxis: {
      type: "category",
      data: starts.map(label),
      axisLabel: { color: text, hideOverlap: true },
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: "value",
      minInterval: 1,
      axisLabel: { color: text, formatter: (count: number) => format.count(Math.abs(count)) },
      splitLine: { lineStyle: { color: line } },
    },
    tooltip: {
      trigger: "axis",
      backgroundColor: surface,
      borderColor: line,
      textStyle: { color: dark ? "#e6ece8" : "#18211d", fontSize: 12 },
      axisPointer: { type: "shadow" },
      valueFormatter: (count) => (typeof count === "number" ? format.count(Math.abs(count)) : ""),
    },
    series: ways
      .filter((way) => totals[way] > 0)
      .map((way): BarSeriesOption => {
        return {
          name: words[way],
          type: "bar",
          stack: "moves",
          data: counts[way].map((count) => (isBelow(way) ? -count : count)),
          itemStyle: { color: dark ? colours[way].dark : colours[way].light },
          barCategoryGap: "20%",
          barMaxWidth: 26,
        };
      }),
  };
}
