import { Limits } from "../limits";

export interface Sample {
  /** The grid's clock, in milliseconds. */
  readonly at: number;
  /** The reader's own clock, in milliseconds. */
  readonly seenAt: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** The counts of one scheme since the page was opened, bounded by thinning old samples. */
export class History {
  #samples: Sample[] = [];

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  add(sample: Sample): void {
    const last = this.#samples.at(-1);
    // The grid's clock goes back only when another ledger is served: the history belongs to the earlier one.
    if (last !== undefined && sample.at < last.at) this.#samples = [];
    else if (last !== undefined && sample.seenAt - last.seenAt < Limits.HistorySampleMilliseconds) return;
    this.#samples.push(sample);
    if (this.#samples.length > Limits.HistorySamples) this.#thin();
  }

  /** The samples of the last milliseconds of the reader's clock, and the one before them. */
  since(seenAt: number): readonly Sample[] {
    let first = this.#samples.length;
    while (first > 0 && (this.#samples[first - 1]?.seenAt ?? 0) >= seenAt) first--;
    return this.#samples.slice(Math.max(0, first - 1));
  }

  #thin(): void {
    const half = this.#samples.length >> 1;
    this.#samples = this.#samples.filter((_, index) => index >= half || index % 2 === 0);
  }
}
