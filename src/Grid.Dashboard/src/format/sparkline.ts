export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Changes smaller than this part of the value don't fill the height: one customer of ten thousand is no mountain. */
const leastSpread = 0.004;

/** An SVG path of the points, fitted into the box; a flat line when nothing changed, empty when there is nothing to join. */
export function sparkline(points: readonly Point[], width: number, height: number): string {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || last.x <= first.x) return "";
  let low = first.y;
  let high = first.y;
  for (const { y } of points) {
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  const inset = 1.5;
  const spread = Math.max(high - low, leastSpread * Math.abs(high), Number.MIN_VALUE);
  const middle = (high + low) / 2;
  const steps = points.map(({ x, y }, index) => {
    const left = ((x - first.x) / (last.x - first.x)) * width;
    const top = height / 2 - ((y - middle) / spread) * (height - 2 * inset);
    return `${index === 0 ? "M" : "L"}${left.toFixed(1)} ${top.toFixed(1)}`;
  });
  return steps.join("");
}
