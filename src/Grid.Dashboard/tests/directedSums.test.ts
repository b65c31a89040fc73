import { describe, expect, it } from "vitest";
import { directedSums } from "../src/format/directedSums";

const starts = ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"];
const layers = ["low", "mid", "high"];

describe("moves added up by direction", () => {
  it("are told apart by the ranks of their layers, span by span", () => {
    const series = [
      { from: "low", to: "high", total: 5, counts: [2, 3] },
      { from: "low", to: "mid", total: 1, counts: [1, 0] },
      { from: "high", to: "low", total: 4, counts: [0, 4] },
      { from: null, to: "low", total: 7, counts: [7, 0] },
      { from: "mid", to: null, total: 2, counts: [0, 2] },
    ];
    const sums = directedSums({ starts, series }, layers);
    expect(sums.counts).toEqual({ up: [3, 3], down: [0, 4], entry: [7, 0], exit: [0, 2] });
    expect(sums.totals).toEqual({ up: 6, down: 4, entry: 7, exit: 2 });
    expect(sums.starts[1]).toBe(Date.parse("2026-01-01T01:00:00Z"));
  });

  it("into or out of layers that are gone count as coming and going", () => {
    const series = [
      { from: "former", to: "low", total: 1, counts: [1, 0] },
      { from: "low", to: "former", total: 2, counts: [0, 2] },
    ];
    const { totals } = directedSums({ starts, series }, layers);
    expect(totals).toEqual({ up: 0, down: 0, entry: 1, exit: 2 });
  });
});
