import { describe, expect, it } from "vitest";
import { Limits } from "../src/limits";
import { Feed } from "../src/store/feed";
import { Some } from "./some";

const positions = (feed: Feed): string[] => feed.items.map(({ transition }) => transition.position);

describe("a feed that is resumed", () => {
  it("shows a transition that was sent twice once", () => {
    const feed = new Feed();
    feed.apply(Some.frame(1, 3), 0);
    feed.apply(Some.frame(2, 5), 0);
    expect(positions(feed)).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("continues after the position of the last frame, even an empty one", () => {
    const feed = new Feed();
    feed.apply(Some.frame(1, 3), 0);
    feed.apply({ position: "9", skipped: 0, items: [] }, 0);
    expect(feed.position).toBe("9");
  });

  it("keeps two transitions of one position apart when they are of different schemes", () => {
    const feed = new Feed();
    const items = [Some.transition("1"), Some.transition("1", { scheme: "journey" })];
    feed.apply({ position: "1", skipped: 0, items }, 0);
    expect(feed.items).toHaveLength(2);
  });

  it("counts what a retention limit cut", () => {
    const feed = new Feed();
    feed.apply({ position: "9", skipped: 4, items: [] }, 0);
    expect(feed.skipped.value).toBe(4);
  });
});

describe("a feed under a flood", () => {
  it("keeps the newest only, and knows how many there were", () => {
    const feed = new Feed();
    for (let start = 1; start <= 10_000; start += 1_000) feed.apply(Some.frame(start, start + 999), 0);
    expect(feed.items).toHaveLength(Limits.FeedItems);
    expect(positions(feed).at(-1)).toBe("10000");
    expect(feed.received).toBe(10_000);
  });

  it("hands a view that fell behind no more than it keeps", () => {
    const feed = new Feed();
    feed.apply(Some.frame(1, 2_000), 0);
    expect(feed.after(0)).toHaveLength(Limits.FeedItems);
    expect(feed.after(1_997).map(({ order }) => order)).toEqual([1_998, 1_999, 2_000]);
  });

  it("says how many a second arrive, without the second that still runs", () => {
    const feed = new Feed();
    feed.apply(Some.frame(1, 300), 10_000);
    feed.apply(Some.frame(301, 500), 11_500);
    feed.apply(Some.frame(501, 900), 12_100);
    expect(feed.rate.perSecond(12_200)).toBe(50);
  });
});

describe("a feed with another filter", () => {
  it("starts over without a position", () => {
    const feed = new Feed();
    feed.apply(Some.frame(1, 3), 0);
    const generation = feed.generation;
    feed.reset();
    expect(feed.position).toBeNull();
    expect(feed.items).toEqual([]);
    expect(feed.generation).toBeGreaterThan(generation);
    feed.apply(Some.frame(2, 2), 0);
    expect(positions(feed)).toEqual(["2"]);
  });
});

describe("a feed that is painted piece by piece", () => {
  it("hands out what is older than the painted, newest of it first in line", () => {
    const feed = new Feed();
    feed.apply(Some.frame(1, 100), 0);
    expect(feed.before(61, 3).map(({ order }) => order)).toEqual([58, 59, 60]);
    expect(feed.before(3, 10).map(({ order }) => order)).toEqual([1, 2]);
    expect(feed.before(1, 10)).toEqual([]);
  });
});
