import { Limits } from "../limits";
import type { Transition, TransitionsFrame } from "../wire/transitions";
import { Cell } from "./cell";
import { Rate } from "./rate";

/** A transition with the order in which this page received it, starting at 1. */
export interface Received {
  readonly order: number;
  readonly transition: Transition;
}

/**
 * The latest transitions of one subscription, newest last, each exactly once.
 * The position belongs to the subscription: it is what the next one continues after.
 */
export class Feed {
  /** Raised with each frame that brought something new, and by `reset`. */
  readonly revision = new Cell(0);
  /** The number of transitions that the log had dropped before they were requested. */
  readonly skipped = new Cell(0);
  readonly rate = new Rate(Limits.FeedRateWindowSeconds);
  readonly #keys = new Set<string>();
  #items: Received[] = [];
  #order = 0;
  #position: string | null = null;
  #generation = 0;

  get position(): string | null {
    return this.#position;
  }

  get received(): number {
    return this.#order;
  }

  /** Incremented by `reset`, so that a view starts over. */
  get generation(): number {
    return this.#generation;
  }

  get items(): readonly Received[] {
    return this.#items;
  }

  apply(frame: TransitionsFrame, seenAt: number): void {
    const before = this.#order;
    for (const transition of frame.items) {
      if (this.#remember(transition)) this.#items.push({ order: ++this.#order, transition });
    }
    if (this.#items.length > Limits.FeedItems) this.#items = this.#items.slice(-Limits.FeedItems);
    this.#position = frame.position;
    if (frame.skipped > 0) this.skipped.set(this.skipped.value + frame.skipped);
    if (this.#order === before) return;
    this.rate.add(this.#order - before, seenAt);
    this.revision.set(this.revision.value + 1);
  }

  /** The transitions that arrived after the given order, newest last. */
  after(order: number): readonly Received[] {
    let first = this.#items.length;
    while (first > 0 && (this.#items[first - 1]?.order ?? 0) > order) first--;
    return this.#items.slice(first);
  }

  /** Up to `most` transitions that arrived before the given order, newest last. */
  before(order: number, most: number): readonly Received[] {
    let end = this.#items.length;
    while (end > 0 && (this.#items[end - 1]?.order ?? 0) >= order) end--;
    return this.#items.slice(Math.max(0, end - most), end);
  }

  reset(): void {
    this.#keys.clear();
    this.#items = [];
    this.#order = 0;
    this.#position = null;
    this.#generation++;
    this.rate.reset();
    this.skipped.set(0);
    this.revision.set(this.revision.value + 1);
  }

  #remember({ position, scheme, customer }: Transition): boolean {
    const key = `${position} ${scheme} ${customer}`;
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    if (this.#keys.size > Limits.FeedKeys) {
      const oldest = this.#keys.values().next();
      if (oldest.done !== true) this.#keys.delete(oldest.value);
    }
    return true;
  }
}
