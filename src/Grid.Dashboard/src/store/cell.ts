export type Dispose = () => void;

/** A value that notifies its subscribers of changes. */
export class Cell<T> {
  readonly #readers = new Set<(value: T) => void>();
  #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const reader of [...this.#readers]) reader(value);
  }

  subscribe(reader: (value: T) => void): Dispose {
    this.#readers.add(reader);
    return () => this.#readers.delete(reader);
  }

  /** Like `subscribe`, and calls back at once with the present value. */
  watch(reader: (value: T) => void): Dispose {
    reader(this.#value);
    return this.subscribe(reader);
  }
}
