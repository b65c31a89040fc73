import { api } from "../../connection/api";
import { element } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import { Slot } from "../../dom/slot";
import { Limits } from "../../limits";
import type { Rulebooks } from "../../wire/rulebooks";
import type { Context } from "../context";
import { Question, unanswered } from "../question";
import { Editor } from "./editor";
import { publications } from "./publications";
import { sweepPanel } from "./sweepPanel";

/** The rulebook: the progress of the migration to it, an editor for the next one, and the history. */
export function rulebookPage(context: Context, lifetime: Lifetime): HTMLElement {
  const { words, model } = context;
  const trouble = element("div", {});
  const editorBox = element("div", {});
  const outcome = element("p", { class: "outcome", role: "status" });
  let edited = 0;

  const openEditor = async (number: number): Promise<void> => {
    const answer = await api.rulebook(number, editorAbort.signal);
    if (lifetime.ended) return;
    if (answer.kind === "ok") editorBox.replaceChildren(new Editor(context, lifetime, answer.value, published).root);
    else {
      edited = 0;
      editorBox.replaceChildren(unanswered(context, answer));
    }
  };
  const editorAbort = new AbortController();
  lifetime.add(() => editorAbort.abort());
  const published = (): void => {
    question.again();
    void model.refreshCatalog();
  };
  const again = async (number: number): Promise<void> => {
    const answer = await api.publishAgain(number, model.draft.author);
    if (answer.kind === "ok") {
      model.draft.outcome = { rulebook: answer.value.rulebook, isNew: answer.value.isNew };
      published();
    } else {
      const problem = answer.kind === "problem" ? (answer.problem.detail ?? "") : words.customer.unreachable;
      outcome.textContent = `${words.rulebook.refused} ${problem}`;
    }
  };

  const sweepOf = new Slot<Rulebooks>(element("div", {}), (value) => sweepPanel(context, value));
  const historyOf = new Slot<Rulebooks>(element("div", {}), (value) => publications(context, value, (number) => void again(number)));
  const question = new Question<Rulebooks>(lifetime, Limits.SweepRefreshMilliseconds, (signal) => api.rulebooks(signal), (answer) => {
    trouble.replaceChildren(...(answer.kind === "ok" ? [] : [unanswered(context, answer)]));
    if (answer.kind !== "ok") return;
    sweepOf.show(answer.value);
    // Leaves out the progress of the migration: each step would redraw the list, and lose a button that is being pressed.
    historyOf.show({ ...answer.value, sweep: { complete: true, customers: 0, moved: 0, byRulebook: [] } });
    if (answer.value.inForce > context.catalog.rulebook) void model.refreshCatalog();
    if (answer.value.inForce === edited) return;
    edited = answer.value.inForce;
    void openEditor(edited);
  });
  return element(
    "div",
    { class: "scheme rulebook", "data-testid": "rulebook" },
    element("header", { class: "page-head" }, element("h1", {}, words.rulebook.heading)),
    trouble,
    sweepOf.root,
    editorBox,
    outcome,
    historyOf.root,
  );
}
