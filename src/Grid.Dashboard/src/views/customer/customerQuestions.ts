import { api, type Answer } from "../../connection/api";
import type { Lifetime } from "../../dom/lifetime";
import { Limits } from "../../limits";
import type { Model } from "../../model";
import { Cell } from "../../store/cell";
import type { CustomerView, Explanation, Forecast } from "../../wire/customers";

export type CustomerFailure =
  | { readonly kind: "unknown" | "refused"; readonly detail: string | undefined }
  | { readonly kind: "unreachable" };

/** Requests a customer, its forecast and one explanation: at first, after each transition, and every few seconds. */
export class CustomerQuestions {
  readonly view = new Cell<CustomerView | null>(null);
  readonly forecast = new Cell<Forecast | null>(null);
  readonly explanation = new Cell<Explanation | null>(null);
  readonly failure = new Cell<CustomerFailure | null>(null);
  /** The scheme whose layer is explained. */
  readonly scheme: Cell<string | null>;
  readonly #id: string;
  readonly #lifetime: Lifetime;
  readonly #abort = new AbortController();
  #asking = false;
  #again = false;

  constructor(model: Model, lifetime: Lifetime, id: string, scheme: string | null) {
    this.#id = id;
    this.#lifetime = lifetime;
    this.scheme = new Cell(scheme ?? model.catalog.value?.schemes[0]?.id ?? null);
    lifetime.add(() => this.#abort.abort());
    lifetime.every(Limits.CustomerRefreshMilliseconds, () => {
      if (!document.hidden) this.askSoon();
    });
    lifetime.add(model.session.state.subscribe(({ name }) => name === "connected" && this.askSoon()));
    this.askSoon();
  }

  choose(scheme: string): void {
    this.scheme.set(scheme);
    this.askSoon();
  }

  /** Requests now, or once more after the requests that are under way. */
  askSoon(): void {
    this.#again = true;
    if (!this.#asking) void this.#askWhileWanted();
  }

  async #askWhileWanted(): Promise<void> {
    this.#asking = true;
    while (this.#again && !this.#lifetime.ended) {
      this.#again = false;
      await this.#ask();
    }
    this.#asking = false;
  }

  async #ask(): Promise<void> {
    const signal = this.#abort.signal;
    const scheme = this.scheme.value;
    const [view, forecast, explanation] = await Promise.all([
      api.customer(this.#id, signal),
      api.forecast(this.#id, signal),
      scheme === null ? null : api.explain(this.#id, scheme, signal),
    ]);
    if (this.#lifetime.ended) return;
    if (view.kind === "ok") this.view.set(view.value);
    if (forecast.kind === "ok") this.forecast.set(forecast.value);
    if (explanation?.kind === "ok") this.explanation.set(explanation.value);
    this.failure.set(failureOf(view));
  }
}

function failureOf(answer: Answer<unknown>): CustomerFailure | null {
  if (answer.kind === "ok") return null;
  if (answer.kind === "unreachable") return { kind: "unreachable" };
  const detail = answer.problem.detail ?? answer.problem.title;
  return { kind: answer.status === 404 ? "unknown" : "refused", detail };
}
