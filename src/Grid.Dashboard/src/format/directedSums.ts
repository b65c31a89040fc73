import type { FlowSeries } from "../wire/segments";

export type Way = "up" | "down" | "entry" | "exit";
export const ways: readonly Way[] = ["up", "down", "entry", "exit"];

/** Moves added up by where they lead, span by span. */
export interface DirectedSums {
  readonly starts: readonly number[];
  readonly counts: Readonly<Record<Way, readonly number[]>>;
  readonly totals: Readonly<Record<Way, number>>;
}

/** @param layers Lowest rank first; moves to or from one that is not among them are counted as into or out of the scheme. */
export function directedSums({ starts, series }: Pick<FlowSeries, "starts" | "series">, layers: readonly string[]): DirectedSums {
  const counts: Record<Way, number[]> = { up: [], down: [], entry: [], exit: [] };
  const totals: Record<Way, number> = { up: 0, down: 0, entry: 0, exit: 0 };
  for (const way of ways) counts[way] = starts.map(() => 0);
  for (const { from, to, counts: perSpan } of series) {
    const [before, after] = [from, to].map((layer) => (layer === null ? -1 : layers.indexOf(layer)));
    const way = wayOf(before ?? -1, after ?? -1);
    perSpan.forEach((count, index) => {
      counts[way][index] = (counts[way][index] ?? 0) + count;
      totals[way] += count;
    });
  }
  return { starts: starts.map((start) => Date.parse(start)), counts, totals };
}

function wayOf(before: number, after: number): Way {
  if (before < 0) return "entry";
  if (after < 0) return "exit";
  return after > before ? "up" : "down";
}
