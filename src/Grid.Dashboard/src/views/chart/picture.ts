import { init, type EChartsCoreOption } from "echarts/core";

/** What charts are drawn with in the reader's theme. */
export interface Ink {
  readonly dark: boolean;
  readonly text: string;
  readonly surface: string;
  readonly line: string;
  readonly fontFamily: string;
}

export interface ChartPicture<T> {
  draw(data: T): void;
  dispose(): void;
}

/** A chart in a box that follows the box's size and the reader's theme. */
export function chartPicture<T>(box: HTMLElement, optionOf: (data: T, ink: Ink) => EChartsCoreOption): ChartPicture<T> {
  const chart = init(box, null, { renderer: "canvas" });
  const darkness = matchMedia("(prefers-color-scheme: dark)");
  let last: { readonly data: T } | null = null;
  const draw = (data: T): void => {
    last = { data };
    chart.setOption(optionOf(data, inkOf(box, darkness.matches)), { replaceMerge: ["series"], lazyUpdate: true });
  };
  const redraw = (): void => {
    if (last !== null) draw(last.data);
  };
  const sizes = new ResizeObserver(() => chart.resize());
  sizes.observe(box);
  darkness.addEventListener("change", redraw);
  return {
    draw,
    dispose(): void {
      sizes.disconnect();
      darkness.removeEventListener("change", redraw);
      chart.dispose();
    },
  };
}

function inkOf(box: HTMLElement, dark: boolean): Ink {
  return {
    dark,
    text: dark ? "#9caba4" : "#5b6a63",
    surface: dark ? "#17201c" : "#ffffff",
    line: dark ? "#2a3731" : "#e2e6df",
    fontFamily: getComputedStyle(box).getPropertyValue("font-family").trim() || "sans-serif",
  };
}
