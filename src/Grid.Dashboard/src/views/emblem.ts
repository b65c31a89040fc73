import { drawing } from "../dom/element";

/** Four strata, one of them moving up: what the grid shows. */
export function emblem(): SVGElement {
  return drawing(
    "svg",
    { class: "emblem", viewBox: "0 0 32 32", "aria-hidden": "true" },
    drawing("rect", { x: 3, y: 23, width: 26, height: 5, rx: 2.5, fill: "#8fa39b" }),
    drawing("rect", { x: 3, y: 16, width: 20, height: 5, rx: 2.5, fill: "#5aa7d6" }),
    drawing("rect", { x: 3, y: 9, width: 13, height: 5, rx: 2.5, fill: "#43c59e" }),
    drawing("circle", { cx: 24.5, cy: 7.5, r: 4, fill: "#f0c24b" }),
  );
}
