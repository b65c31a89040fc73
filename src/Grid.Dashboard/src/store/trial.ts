import type { Answer } from "../connection/api";
import type { Preview, Progress } from "../wire/previews";
import type { RulebookFile } from "../wire/rulebooks";
import { Cell } from "./cell";

export type TrialState =
  | { readonly kind: "none" }
  | { readonly kind: "running"; readonly progress: Progress | null }
  | { readonly kind: "answered"; readonly answer: Answer<Preview> };

type Ask = (changes: readonly RulebookFile[], onProgress: (progress: Progress) => void, signal: AbortSignal) => Promise<Answer<Preview>>;

/** What trying the draft out has brought; it outlives the views, but not the draft that was tried. */
export class Trial {
  readonly state = new Cell<TrialState>({ kind: "none" });
  readonly #ask: Ask;
  #tried = "";
  #abort = new AbortController();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Tries the changes to the given rulebook, instead of whatever is being tried. */
  async begin(rulebook: number, changes: readonly RulebookFile[]): Promise<void> {
    this.stop();
    this.#tried = keyOf(rulebook, changes);
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.state.set({ kind: "running", progress: null });
    const onProgress = (progress: Progress): void => {
      if (!signal.aborted) this.state.set({ kind: "running", progress });
    };
    const answer = await this.#ask(changes, onProgress, signal);
    if (!signal.aborted) this.state.set({ kind: "answered", answer });
  }

  /** Ends what is under way, which the server ends too, and forgets what it brought. */
  stop(): void {
    this.#abort.abort();
    this.state.set({ kind: "none" });
  }

  /** Forgets what was tried when these are not the changes, or not the rulebook, that were tried. */
  settle(rulebook: number, changes: readonly RulebookFile[]): void {
    if (this.state.value.kind !== "none" && keyOf(rulebook, changes) !== this.#tried) this.stop();
  }
}

function keyOf(rulebook: number, changes: readonly RulebookFile[]): string {
  return JSON.stringify([rulebook, changes]);
}
