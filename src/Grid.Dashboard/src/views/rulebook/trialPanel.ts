import type { Answer } from "../../connection/api";
import { element, setText } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import type { TrialState } from "../../store/trial";
import type { Preview, Progress } from "../../wire/previews";
import type { Fault, RulebookContent } from "../../wire/rulebooks";
import type { Context } from "../context";
import { unanswered } from "../question";
import { trialResult } from "./trialResult";

type Refusal = Exclude<Answer<Preview>, { readonly kind: "ok" }>;

/** The preview of the draft: a button, its progress, and its result. */
export class TrialPanel {
  readonly root: HTMLElement;
  readonly #context: Context;
  readonly #content: RulebookContent;
  readonly #button: HTMLButtonElement;
  readonly #said = element("span", { class: "quiet small", role: "status", "data-testid": "trial-status" });
  readonly #bar = element("progress", { max: 1, "data-testid": "trial-progress" });
  readonly #result = element("div", { class: "trial-result", "data-testid": "trial-result" });
  readonly #onFaults: (faults: readonly Fault[]) => void;
  #isAllowed = false;

  constructor(context: Context, lifetime: Lifetime, content: RulebookContent, onFaults: (faults: readonly Fault[]) => void) {
    const { words, model } = context;
    this.#context = context;
    this.#content = content;
    this.#onFaults = onFaults;
    this.#button = element("button", { type: "button", "data-testid": "try", onclick: () => this.#press() });
    this.#bar.setAttribute("aria-label", words.trial.running);
    this.root = element(
      "div",
      { class: "trial", "data-testid": "trial" },
      element("div", { class: "trial-bar" }, this.#button, this.#said),
      this.#bar,
      this.#result,
    );
    lifetime.add(model.trial.state.watch((state) => this.#show(state)));
  }

  allow(isAllowed: boolean): void {
    this.#isAllowed = isAllowed;
    this.#showButton();
  }

  /** The result is shown as long as the draft is unchanged. */
  showChanges(): void {
    const { trial, draft } = this.#context.model;
    trial.settle(this.#content.rulebook.number, draft.changes(this.#content.files));
  }

  #press(): void {
    const { trial, draft } = this.#context.model;
    if (trial.state.value.kind === "running") trial.stop();
    else void trial.begin(this.#content.rulebook.number, draft.changes(this.#content.files));
  }

  #show(state: TrialState): void {
    this.root.dataset["state"] = state.kind === "answered" && state.answer.kind !== "ok" ? "refused" : state.kind;
    this.#showButton();
    this.#bar.hidden = state.kind !== "running";
    if (state.kind === "running") this.#showProgress(state.progress);
    else setText(this.#said, "");
    if (state.kind !== "answered") this.#result.replaceChildren();
    else if (state.answer.kind === "ok") this.#result.replaceChildren(trialResult(this.#context, state.answer.value));
    else this.#refuse(state.answer);
  }

  #showButton(): void {
    const { words, model } = this.#context;
    const isRunning = model.trial.state.value.kind === "running";
    this.#button.disabled = !isRunning && !this.#isAllowed;
    setText(this.#button, isRunning ? words.trial.stop : words.trial.begin);
  }

  #showProgress(progress: Progress | null): void {
    const { words, format } = this.#context;
    if (progress === null) {
      this.#bar.removeAttribute("value");
      setText(this.#said, words.trial.running);
      return;
    }
    this.#bar.value = progress.total === 0 ? 1 : progress.done / progress.total;
    setText(this.#said, words.trial.progress(format.count(progress.done), format.count(progress.total)));
  }

  #refuse(answer: Refusal): void {
    const { words } = this.#context;
    if (answer.kind === "problem" && answer.status === 409) {
      this.#result.replaceChildren(element("p", { class: "trial-refused", role: "status" }, words.trial.busy));
      return;
    }
    const faults = answer.kind === "problem" ? answer.problem.faults : undefined;
    this.#result.replaceChildren(
      element("p", { class: "trial-refused", role: "status" }, words.trial.refused),
      // Faults are listed, each with its place.
      ...(faults === undefined ? [unanswered(this.#context, answer)] : []),
    );
    if (faults !== undefined) this.#onFaults(faults);
  }
}
