import type { SegmentsFrame } from "../wire/segments";
import { Cell } from "./cell";
import { History } from "./history";

export interface GridClock {
  readonly asOf: string;
  readonly population: number;
  readonly speed: number;
}

/** Live counts per scheme and layer: a snapshot, then absolute counts of what changed. */
export class SegmentStore {
  readonly clock = new Cell<GridClock | null>(null);
  /** Raised by one with each frame that changed a count. */
  readonly revision = new Cell(0);
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #histories = new Map<string, History>();
  #position: string | null = null;

  get position(): string | null {
    return this.#position;
  }

  apply(frame: SegmentsFrame, seenAt: number): void {
    this.#position = frame.position;
    const speed = frame.kind === "snapshot" ? frame.speed : (this.clock.value?.speed ?? 1);
    const changed = frame.kind === "snapshot" ? this.#replace(frame.schemes) : this.#change(frame.changes);
    const at = Date.parse(frame.asOf);
    for (const [scheme, counts] of this.#counts) {
      this.#history(scheme).add({ at, seenAt, counts: new Map(counts) });
    }
    this.clock.set({ asOf: frame.asOf, population: frame.population, speed });
    if (changed) this.revision.set(this.revision.value + 1);
  }

  schemes(): readonly string[] {
    return [...this.#counts.keys()];
  }

  count(scheme: string, layer: string): number | undefined {
    return this.#counts.get(scheme)?.get(layer);
  }

  total(scheme: string): number {
    let total = 0;
    for (const count of this.#counts.get(scheme)?.values() ?? []) total += count;
    return total;
  }

  /** The layer's part of all customers, from 0 to 1; 0 while there are none. */
  share(scheme: string, layer: string): number {
    const total = this.total(scheme);
    return total === 0 ? 0 : (this.count(scheme, layer) ?? 0) / total;
  }

  history(scheme: string): History {
    return this.#history(scheme);
  }

  #replace(schemes: Extract<SegmentsFrame, { kind: "snapshot" }>["schemes"]): boolean {
    this.#counts.clear();
    for (const { scheme, counts } of schemes) {
      this.#counts.set(scheme, new Map(counts.map(({ layer, count }) => [layer, count])));
    }
    return true;
  }

  #change(changes: Extract<SegmentsFrame, { kind: "delta" }>["changes"]): boolean {
    for (const { scheme, layer, count } of changes) {
      const counts = this.#counts.get(scheme) ?? new Map<string, number>();
      this.#counts.set(scheme, counts.set(layer, count));
    }
    return changes.length > 0;
  }

  #history(scheme: string): History {
    let history = this.#histories.get(scheme);
    if (history === undefined) this.#histories.set(scheme, (history = new History()));
    return history;
  }
}
