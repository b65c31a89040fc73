import type { Dispose } from "../store/cell";

/** The resources that a view releases when it leaves the page. */
export class Lifetime {
  #disposals: Dispose[] = [];
  #ended = false;

  get ended(): boolean {
    return this.#ended;
  }

  add(dispose: Dispose): void {
    if (this.#ended) dispose();
    else this.#disposals.push(dispose);
  }

  every(milliseconds: number, action: () => void): void {
    const timer = setInterval(action, milliseconds);
    this.add(() => clearInterval(timer));
  }

  /** A function that runs the action once, with the next frame, however often it is called before. */
  nextFrame(action: () => void): () => void {
    let requested = 0;
    this.add(() => cancelAnimationFrame(requested));
    return () => {
      if (requested !== 0 || this.#ended) return;
      requested = requestAnimationFrame(() => {
        requested = 0;
        action();
      });
    };
  }

  end(): void {
    this.#ended = true;
    const disposals = this.#disposals;
    this.#disposals = [];
    for (const dispose of disposals) dispose();
  }
}
