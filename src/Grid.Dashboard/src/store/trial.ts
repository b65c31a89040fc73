import type { Answer } from "../connection/api";
import type { Preview, Progress } from "../wire/previews";
import type { RulebookFile } from "../wire/rulebooks";
import { Cell } from "./cell";

export type TrialState =
  | { readonly kind: "none" }
  | { readonly kind: "running"; readonly progress: Progress | null }
  | { readonly kind: "answered"; readonly answer: Answer<Preview> };

type Ask = (changes: readonly RulebookFile[], onProgress: (progress: Progress) => void, signal: AbortSignal) => Promise<Answer<Preview>>;

/** The preview of the draft; it outlives the views, but not the draft. */
export class Trial {
  readonly state = new Cell<TrialState>({ kind: "none" });
  readonly #ask: Ask;
  #tried = "";
  #abort = new AbortController();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Previews the changes to the given rulebook; replaces a preview under way. */
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

  /** Cancels the preview under way, on the server too, and drops its result. */
  stop(): void {
    this.#abort.abort();
    this.state.set({ kind: "none" });
  }

  /** Drops the preview when it is not of these changes to this rulebook. */
  settle(rulebook: number, changes: readonly RulebookFile[]): void {
    if (this.state.value.kind !== "none" && keyOf(rulebook, changes) !== this.#tried) this.stop();
  }
}

function keyOf(rulebook: number, changes: readonly RulebookFile[]): string {
  return JSON.stringify([rulebook, changes]);
}
