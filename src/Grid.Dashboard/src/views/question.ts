import type { Answer } from "../connection/api";
import { element } from "../dom/element";
import type { Lifetime } from "../dom/lifetime";
import { Limits } from "../limits";
import type { Context } from "./context";

/** A request made at once, again after each period while the page is visible, and sooner when the server was too busy. */
export class Question<T> {
  readonly #ask: (signal: AbortSignal) => Promise<Answer<T>>;
  readonly #show: (answer: Answer<T>) => void;
  readonly #period: number;
  readonly #lifetime: Lifetime;
  #abort = new AbortController();
  #timer = 0;

  constructor(
    lifetime: Lifetime,
    periodMilliseconds: number,
    ask: (signal: AbortSignal) => Promise<Answer<T>>,
    show: (answer: Answer<T>) => void,
  ) {
    this.#lifetime = lifetime;
    this.#period = periodMilliseconds;
    this.#ask = ask;
    this.#show = show;
    lifetime.add(() => this.#stop());
    this.again();
  }

  /** Cancels the request under way and makes a new one. */
  again(): void {
    this.#stop();
    if (this.#lifetime.ended) return;
    this.#abort = new AbortController();
    void this.#run(this.#abort.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const answer = document.hidden ? null : await this.#ask(signal);
    if (signal.aborted || this.#lifetime.ended) return;
    if (answer !== null) this.#show(answer);
    const isBusy = answer?.kind === "problem" && answer.status === 503;
    this.#timer = window.setTimeout(() => void this.#run(signal), isBusy ? Limits.BusyMilliseconds : this.#period);
  }

  #stop(): void {
    this.#abort.abort();
    clearTimeout(this.#timer);
  }
}

/** The message for a request that failed. */
export function unanswered(context: Context, answer: Exclude<Answer<unknown>, { readonly kind: "ok" }>): HTMLElement {
  const { words } = context;
  const text =
    answer.kind === "unreachable"
      ? words.customer.unreachable
      : answer.status === 503
        ? words.segments.busy
        : (answer.problem.detail ?? answer.problem.title ?? words.customer.failed);
  return element("p", { class: "quiet", role: "status" }, text);
}
