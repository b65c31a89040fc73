import { describe, expect, it } from "vitest";
import { Limits } from "../src/limits";
import { History } from "../src/store/history";
import { SegmentStore } from "../src/store/segments";
import type { SegmentsDelta, SegmentsSnapshot } from "../src/wire/segments";

const snapshot: SegmentsSnapshot = {
  kind: "snapshot",
  position: "7",
  asOf: "2026-11-21T10:00:00.000Z",
  population: 10,
  speed: 3_600,
  schemes: [
    { scheme: "lifecycle", counts: [{ layer: "lost", count: 4 }, { layer: "loyal", count: 6 }] },
  ],
};

function delta(asOf: string, changes: SegmentsDelta["changes"]): SegmentsDelta {
  return { kind: "delta", position: "8", asOf, population: 10, changes };
}

describe("segments after a delta", () => {
  it("have the count that it names, and keep the others", () => {
    const store = new SegmentStore();
    store.apply(snapshot, 0);
    store.apply(delta("2026-11-21T10:00:01.000Z", [{ scheme: "lifecycle", layer: "lost", count: 14 }]), 100);
    expect(store.count("lifecycle", "lost")).toBe(14);
    expect(store.count("lifecycle", "loyal")).toBe(6);
    expect(store.share("lifecycle", "lost")).toBe(0.7);
  });

  it("keep the speed of the snapshot and take the clock of the delta", () => {
    const store = new SegmentStore();
    store.apply(snapshot, 0);
    store.apply(delta("2026-11-21T11:00:00.000Z", []), 100);
    expect(store.clock.value).toEqual({ asOf: "2026-11-21T11:00:00.000Z", population: 10, speed: 3_600 });
  });

  it("are not announced as changed by a heartbeat", () => {
    const store = new SegmentStore();
    store.apply(snapshot, 0);
    const revision = store.revision.value;
    store.apply(delta("2026-11-21T10:00:01.000Z", []), 100);
    expect(store.revision.value).toBe(revision);
  });
});

describe("segments after a new snapshot", () => {
  it("forget the layers that are no longer there", () => {
    const store = new SegmentStore();
    store.apply(snapshot, 0);
    store.apply({ ...snapshot, schemes: [{ scheme: "journey", counts: [{ layer: "new", count: 10 }] }] }, 100);
    expect(store.schemes()).toEqual(["journey"]);
    expect(store.count("lifecycle", "lost")).toBeUndefined();
  });
});

describe("a scheme without customers", () => {
  it("has shares of nothing", () => {
    expect(new SegmentStore().share("lifecycle", "lost")).toBe(0);
  });
});

describe("a page that stays open", () => {
  const sample = (second: number) => ({ at: second * 60_000, seenAt: second * 1_000, counts: new Map([["lost", second]]) });

  it("keeps a bounded history that reaches back to its start", () => {
    const history = new History();
    for (let second = 0; second < 20_000; second++) history.add(sample(second));
    expect(history.samples.length).toBeLessThanOrEqual(Limits.HistorySamples);
    expect(history.samples[0]?.seenAt).toBe(0);
    expect(history.samples.at(-1)?.seenAt).toBe(19_999_000);
  });

  it("takes no more than one sample a second", () => {
    const history = new History();
    for (let step = 0; step < 100; step++) history.add({ at: step, seenAt: step * 100, counts: new Map() });
    expect(history.samples).toHaveLength(10);
  });

  it("gives the samples of a span with the one before it, so that a line starts at the edge", () => {
    const history = new History();
    for (let second = 0; second < 10; second++) history.add(sample(second));
    expect(history.since(7_000).map(({ seenAt }) => seenAt)).toEqual([6_000, 7_000, 8_000, 9_000]);
  });

  it("starts over when the grid's clock goes back, because another ledger is served", () => {
    const history = new History();
    history.add(sample(100));
    history.add({ at: 0, seenAt: 101_000, counts: new Map() });
    expect(history.samples).toHaveLength(1);
  });
});
