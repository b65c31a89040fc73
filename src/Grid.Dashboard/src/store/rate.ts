/** How many a second, over the last few seconds. */
export class Rate {
  readonly #buckets: { second: number; count: number }[] = [];
  readonly #window: number;

  constructor(windowSeconds: number) {
    this.#window = windowSeconds;
  }

  add(count: number, now: number): void {
    const second = Math.floor(now / 1000);
    const last = this.#buckets.at(-1);
    if (last?.second === second) last.count += count;
    else this.#buckets.push({ second, count });
    while (this.#buckets.length > this.#window + 1) this.#buckets.shift();
  }

  perSecond(now: number): number {
    // The second that is still running would make the rate flutter.
    const running = Math.floor(now / 1000);
    let sum = 0;
    for (const { second, count } of this.#buckets) {
      if (second < running && second >= running - this.#window) sum += count;
    }
    return sum / this.#window;
  }

  reset(): void {
    this.#buckets.length = 0;
  }
}
