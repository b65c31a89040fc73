import { drawing, element, setStyle, setText } from "../dom/element";
import type { Lifetime } from "../dom/lifetime";
import { sparkline } from "../format/sparkline";
import { Limits } from "../limits";
import type { LayerDefinition, SchemeDefinition } from "../wire/segments";
import { nameIn } from "../locales/language";
import type { Context } from "./context";

const spark = { width: 84, height: 22 } as const;
const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** The layers of a scheme, highest first: name, count, share, change of the last minute and its recent course. */
export function layerRows(context: Context, lifetime: Lifetime, scheme: SchemeDefinition, withPlaybooks: boolean): HTMLElement {
  const { words, model } = context;
  const rows = [...scheme.layers].reverse().map((layer) => new LayerRow(context, scheme.id, layer, withPlaybooks));
  const showCounts = lifetime.nextFrame(() => rows.forEach((row) => row.showCount()));
  const showCourses = (): void => rows.forEach((row) => row.showCourse());
  lifetime.add(model.segments.revision.watch(showCounts));
  lifetime.every(Limits.HistorySampleMilliseconds, showCourses);
  showCourses();
  return element(
    "table",
    { class: "layers" },
    element(
      "thead",
      { class: withPlaybooks ? "" : "visually-hidden" },
      element(
        "tr",
        {},
        element("th", { scope: "col" }, words.segments.layer),
        element("th", { scope: "col", class: "number" }, words.segments.count),
        element("th", { scope: "col", class: "number" }, words.segments.share),
        element("th", { scope: "col", class: "number", title: words.segments.trendTitle }, words.segments.trend),
        element("th", { scope: "col", class: "spark-cell" }, words.segments.recent),
      ),
    ),
    element("tbody", {}, ...rows.map((row) => row.root)),
  );
}

class LayerRow {
  readonly root: HTMLElement;
  readonly #count = element("span", { class: "count" });
  readonly #share = element("span", { class: "share" });
  readonly #bar = element("span", { class: "share-bar", "aria-hidden": "true" });
  readonly #trend: HTMLElement;
  readonly #path = drawing("path", { class: "spark-line" });
  readonly #context: Context;
  readonly #scheme: string;
  readonly #layer: string;
  #shown: number | undefined;
  #pulsedAt = 0;

  constructor(context: Context, scheme: string, layer: LayerDefinition, withPlaybook: boolean) {
    this.#context = context;
    this.#scheme = scheme;
    this.#layer = layer.id;
    this.#trend = element("span", { class: "trend", title: context.words.segments.trendTitle });
    this.#count.dataset["testid"] = `count-${scheme}-${layer.id}`;
    const box = `0 0 ${spark.width} ${spark.height}`;
    const rule = withPlaybook ? nameIn(context.format.language, layer.rule) : "";
    const playbook = withPlaybook ? nameIn(context.format.language, layer.playbook) : "";
    this.root = element(
      "tr",
      { class: "layer", style: `--layer: ${context.layerColour(scheme, layer.id)}` },
      element(
        "th",
        { scope: "row" },
        element("span", { class: "layer-name", title: layer.id }, context.layerName(scheme, layer.id)),
        rule !== "" && element("span", { class: "rule", "data-testid": `rule-${scheme}-${layer.id}` }, rule),
        playbook !== "" && element("span", { class: "playbook" }, playbook),
        element("span", { class: "share-track" }, this.#bar),
      ),
      element("td", { class: "number" }, this.#count),
      element("td", { class: "number" }, this.#share),
      element("td", { class: "number" }, this.#trend),
      element(
        "td",
        { class: "spark-cell" },
        drawing("svg", { class: "spark", viewBox: box, preserveAspectRatio: "none", "aria-hidden": "true" }, this.#path),
      ),
    );
  }

  showCount(): void {
    const { segments } = this.#context.model;
    const count = segments.count(this.#scheme, this.#layer);
    const share = segments.share(this.#scheme, this.#layer);
    setText(this.#share, count === undefined ? "–" : this.#context.format.share(share));
    setStyle(this.#bar, "transform", `scaleX(${share.toFixed(3)})`);
    if (!setText(this.#count, count === undefined ? "–" : this.#context.format.count(count))) return;
    this.#count.dataset["value"] = String(count ?? "");
    if (this.#shown !== undefined && count !== undefined) this.#pulse(count > this.#shown ? "up" : "down");
    this.#shown = count;
  }

  showCourse(): void {
    const { model, format } = this.#context;
    const history = model.segments.history(this.#scheme);
    const now = Date.now();
    const points = history
      .since(now - Limits.SparklineMilliseconds)
      .map(({ seenAt, counts }) => ({ x: seenAt, y: counts.get(this.#layer) ?? 0 }));
    this.#path.setAttribute("d", sparkline(points, spark.width, spark.height));
    const before = history.since(now - Limits.TrendMilliseconds)[0]?.counts.get(this.#layer);
    const change = before === undefined ? 0 : (model.segments.count(this.#scheme, this.#layer) ?? 0) - before;
    setText(this.#trend, change === 0 ? "·" : format.signed(change));
    this.#trend.dataset["change"] = change > 0 ? "up" : change < 0 ? "down" : "none";
  }

  #pulse(way: "up" | "down"): void {
    const now = performance.now();
    if (stillness.matches || now - this.#pulsedAt < Limits.PulseMilliseconds) return;
    this.#pulsedAt = now;
    const colour = `var(--${way})`;
    const first = { color: colour, background: `color-mix(in srgb, ${colour} 18%, transparent)` };
    // In steps, because a smooth fade of dozens of numbers would paint the page with every frame.
    this.#count.animate([first, {}], { duration: Limits.PulseMilliseconds, easing: "steps(6)" });
  }
}
