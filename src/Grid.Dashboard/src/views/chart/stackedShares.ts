import { LineChart, type LineSeriesOption } from "echarts/charts";
import { GridComponent, TooltipComponent, type GridComponentOption, type TooltipComponentOption } from "echarts/components";
import { use, type ComposeOption } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { Format } from "../../format/format";
import { rampColour } from "../../format/ramp";
import { chartPicture, type ChartPicture, type Ink } from "./picture";

use([LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

type Option = ComposeOption<LineSeriesOption | GridComponentOption | TooltipComponentOption>;

export interface ShareSeries {
  readonly name: string;
  /** The layer's height in its scheme, from 0 to 1, which gives its colour. */
  readonly height: number;
  /** Instant in milliseconds and share from 0 to 1. */
  readonly points: readonly (readonly [number, number])[];
}

/** Draws shares that add up to one into the box. */
export function stackedShares(box: HTMLElement, format: Format): ChartPicture<readonly ShareSeries[]> {
  return chartPicture(box, (series, ink): Option => optionOf(series, format, ink));
}

function optionOf(series: readonly ShareSeries[], format: Format, { dark, text, surface, line, fontFamily }: Ink): Option {
  const first = series[0]?.points[0]?.[0] ?? 0;
  const final = series[0]?.points.at(-1)?.[0] ?? 0;
  const tick = (at: number): string =>
    final - first > 4 * 86_400_000 ? format.day(at) : final - first > 7_200_000 ? format.short(at) : format.time(at);
  return {
    animation: false,
    textStyle: { fontFamily },
    grid: { left: 44, right: 30, top: 12, bottom: 26 },
    xAxis: {
      type: "time",
      min: "dataMin",
      max: "dataMax",
      axisLabel: { color: text, hideOverlap: true, formatter: tick },
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
      splitNumber: 5,
    },
    yAxis: {
      type: "value",
      min: 0,
      max: 1,
      axisLabel: { color: text, formatter: (share: number) => `${Math.round(share * 100)}%` },
      splitLine: { lineStyle: { color: line } },
    },
    tooltip: {
      trigger: "axis",
      backgroundColor: surface,
      borderColor: line,
      textStyle: { color: dark ? "#e6ece8" : "#18211d", fontSize: 12 },
      axisPointer: { type: "line", lineStyle: { color: text } },
      order: "seriesDesc",
      valueFormatter: (share) => (typeof share === "number" ? format.share(share) : ""),
    },
    series: series.map(({ name, height, points }): LineSeriesOption => {
      const fill = rampColour(height, dark ? "dark" : "light");
      return {
        name,
        type: "line",
        stack: "shares",
        showSymbol: false,
        data: points.map(([at, share]) => [at, share]),
        itemStyle: { color: fill },
        lineStyle: { width: 1, color: surface },
        areaStyle: { color: fill, opacity: 0.85 },
        emphasis: { disabled: true },
      };
    }),
  };
}
