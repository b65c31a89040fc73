import { api } from "../../connection/api";
import { element, setText } from "../../dom/element";
import { Limits } from "../../limits";
import type { Fault, RulebookFile } from "../../wire/rulebooks";
import type { Context } from "../context";

/** The form of a publication: name, note and button. */
export class PublishForm {
  readonly root: HTMLElement;
  readonly #context: Context;
  readonly #inForce: readonly RulebookFile[];
  readonly #author: HTMLInputElement;
  readonly #note: HTMLInputElement;
  readonly #button: HTMLButtonElement;
  readonly #changes = element("p", { class: "quiet small", "data-testid": "changes" });
  readonly #outcome = element("p", { class: "outcome", role: "status", "data-testid": "outcome" });
  readonly #onPublished: () => void;
  readonly #onFaults: (faults: readonly Fault[]) => void;
  #isAllowed = false;
  #isPublishing = false;

  constructor(
    context: Context,
    inForce: readonly RulebookFile[],
    onPublished: () => void,
    onFaults: (faults: readonly Fault[]) => void,
  ) {
    const { words, model } = context;
    const { draft } = model;
    this.#context = context;
    this.#inForce = inForce;
    this.#onPublished = onPublished;
    this.#onFaults = onFaults;
    const field = (label: string, testId: string, value: string, most: number): HTMLInputElement =>
      element("input", { type: "text", required: true, placeholder: label, "aria-label": label, "data-testid": testId, value, maxlength: most });
    this.#author = field(words.rulebook.author, "author", draft.author, Limits.AuthorCharacters);
    this.#note = field(words.rulebook.note, "note", draft.note, Limits.NoteCharacters);
    this.#author.addEventListener("change", () => (draft.author = this.#author.value.trim()));
    this.#note.addEventListener("input", () => (draft.note = this.#note.value));
    this.#button = element(
      "button",
      { type: "submit", class: "primary", "data-testid": "publish" },
      words.rulebook.publish(context.catalog.rulebook + 1),
    );
    const submit = (event: Event): void => {
      event.preventDefault();
      void this.#publish();
    };
    this.root = element(
      "form",
      { class: "publish", onsubmit: submit },
      this.#changes,
      element("div", { class: "publish-fields" }, this.#author, this.#note, this.#button),
      this.#outcome,
    );
    this.#showOutcome();
    this.allow(false);
  }

  allow(isAllowed: boolean): void {
    this.#isAllowed = isAllowed;
    this.#button.disabled = !isAllowed || this.#isPublishing;
  }

  showChanges(): void {
    const { words, model } = this.#context;
    const files = model.draft.changes(this.#inForce).map(({ file }) => file);
    this.#changes.hidden = files.length === 0;
    setText(this.#changes, words.rulebook.changes(files.join(", ")));
  }

  #showOutcome(): void {
    const { words, model } = this.#context;
    const { outcome } = model.draft;
    if (outcome === null) return;
    this.#outcome.dataset["rulebook"] = String(outcome.rulebook);
    setText(this.#outcome, outcome.isNew ? words.rulebook.published(outcome.rulebook) : words.rulebook.same(outcome.rulebook));
  }

  async #publish(): Promise<void> {
    const { words, model } = this.#context;
    const { draft } = model;
    if (!this.#isAllowed || this.#isPublishing) return;
    draft.author = this.#author.value.trim();
    this.#isPublishing = true;
    this.#button.disabled = true;
    setText(this.#outcome, words.rulebook.publishing);
    const note = this.#note.value.trim();
    const answer = await api.publish({ replace: draft.changes(this.#inForce), author: this.#author.value.trim(), note });
    this.#isPublishing = false;
    this.#button.disabled = !this.#isAllowed;
    if (answer.kind === "ok") {
      draft.outcome = { rulebook: answer.value.rulebook, isNew: answer.value.isNew };
      draft.note = "";
      this.#showOutcome();
      this.#onPublished();
      return;
    }
    const faults = answer.kind === "problem" ? answer.problem.faults : undefined;
    const detail = answer.kind === "problem" ? answer.problem.detail : words.customer.unreachable;
    // Faults are listed, each with its place.
    setText(this.#outcome, `${words.rulebook.refused} ${faults === undefined ? (detail ?? "") : ""}`);
    if (faults !== undefined) this.#onFaults(faults);
  }
}
