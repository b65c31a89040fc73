import { api } from "../../connection/api";
import { element, setText } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import { idIn, placeOf } from "../../format/place";
import { Limits } from "../../limits";
import { grouped } from "../../store/schemeGroups";
import type { Fault, Lint, RulebookContent, RulebookFile } from "../../wire/rulebooks";
import type { Context } from "../context";
import { section } from "../parts";
import { faultList } from "./faults";
import { PublishForm } from "./publishForm";
import { TrialPanel } from "./trialPanel";
import { YamlField } from "./yamlField";

const templateOf = (id: string): string =>
  [
    `audience: ${id}`,
    "name: { zh: 新人群, en: New audience }",
    "when:",
    "  all:",
    "    - layer(lifecycle) = loyal",
    "    - spend(90d) >= 500.00",
    "",
  ].join("\n");

/** The files of the rulebook in force, to be changed, checked while they are written, and published. */
export class Editor {
  readonly root: HTMLElement;
  readonly #context: Context;
  readonly #content: RulebookContent;
  readonly #form: PublishForm;
  readonly #trial: TrialPanel;
  readonly #picker = element("select", { "data-testid": "rulebook-file" });
  readonly #field: YamlField;
  readonly #discard: HTMLButtonElement;
  readonly #verdict = element("p", { class: "quiet small verdict-line", role: "status", "data-testid": "lint" });
  readonly #faults = element("div", { class: "fault-lists" });
  #lint: Lint | null = null;
  #timer = 0;
  #abort = new AbortController();

  constructor(context: Context, lifetime: Lifetime, content: RulebookContent, onPublished: () => void) {
    const { words, model } = context;
    this.#context = context;
    this.#content = content;
    model.draft.settle(content.files);
    this.#form = new PublishForm(context, content.files, onPublished, (faults) => this.#showFaults(faults, []));
    this.#field = new YamlField(words.rulebook.yaml, (text) => this.#write(text));
    this.#trial = new TrialPanel(context, lifetime, content, (faults) => this.#showFaults(faults, []));
    this.#discard = element(
      "button",
      { type: "button", class: "plain", "data-testid": "discard", onclick: () => this.#takeBack() },
      words.rulebook.discard,
    );
    this.#picker.setAttribute("aria-label", words.rulebook.file);
    this.#picker.addEventListener("change", () => this.#open(this.#picker.value));
    const add = element(
      "button",
      { type: "button", "data-testid": "add-audience", onclick: () => this.#add() },
      words.rulebook.newAudience,
    );
    this.root = section(
      words.rulebook.editor,
      { class: "editor", "data-testid": "editor" },
      element("div", { class: "editor-bar" }, this.#picker, add, this.#discard),
      this.#field.root,
      this.#verdict,
      this.#faults,
      this.#trial.root,
      this.#form.root,
    );
    lifetime.add(() => {
      clearTimeout(this.#timer);
      this.#abort.abort();
    });
    const first = content.files.find(({ yaml }) => idIn(yaml) === "lifecycle") ?? content.files[0];
    const chosen = model.draft.chosen ?? first?.file;
    if (chosen !== undefined) this.#open(chosen);
  }

  get #file(): RulebookFile | undefined {
    const { draft } = this.#context.model;
    return draft.all(this.#content.files).find(({ file }) => file === draft.chosen);
  }

  #open(file: string): void {
    const { draft } = this.#context.model;
    draft.chosen = file;
    const opened = this.#file;
    if (opened === undefined) return;
    this.#field.show(draft.textOf(opened));
    this.#showFiles();
    if (this.#lint !== null) this.#showFaults(this.#lint.faults, this.#lint.warnings);
    this.#checkAfter(0);
  }

  #write(text: string): void {
    const file = this.#file;
    if (file === undefined) return;
    this.#context.model.draft.outcome = null;
    this.#context.model.draft.write(file, text);
    this.#showFiles();
    this.#checkAfter(Limits.LintDelayMilliseconds);
  }

  #takeBack(): void {
    const { draft } = this.#context.model;
    if (draft.chosen !== null) draft.discard(draft.chosen);
    this.#open(this.#file?.file ?? this.#content.files[0]?.file ?? "");
  }

  #add(): void {
    const { draft } = this.#context.model;
    const taken = new Set(draft.all(this.#content.files).map(({ file }) => file));
    let number = 1;
    while (taken.has(`audience-${number}.yaml`)) number++;
    const file = { file: `audience-${number}.yaml`, yaml: "" };
    draft.write(file, templateOf(`audience-${number}`));
    this.#open(file.file);
    this.#field.go(1);
  }

  #showFiles(): void {
    const { words, model, catalog } = this.#context;
    const { draft } = model;
    const files = draft.all(this.#content.files);
    const byId = new Map(files.map((file) => [idIn(file.yaml), file]));
    const option = ({ file, yaml }: RulebookFile): HTMLElement => {
      const id = idIn(yaml);
      const name = id === null ? file : `${this.#context.schemeName(id)} · ${file}`;
      return element("option", { value: file }, draft.isChanged(file) ? `• ${name}` : name);
    };
    const shown = new Set<RulebookFile>();
    const groups = [...grouped(catalog.schemes)].map(([group, schemes]) => {
      const members = schemes.flatMap(({ id }) => byId.get(id) ?? []);
      members.forEach((file) => shown.add(file));
      return element("optgroup", { label: words.segments.group[group] }, ...members.map(option));
    });
    const others = files.filter((file) => !shown.has(file));
    this.#picker.replaceChildren(
      ...groups,
      ...(others.length === 0 ? [] : [element("optgroup", { label: words.rulebook.added }, ...others.map(option))]),
    );
    this.#picker.value = draft.chosen ?? "";
    this.#discard.hidden = draft.chosen === null || !draft.isChanged(draft.chosen);
    this.#form.showChanges();
    this.#trial.showChanges();
  }

  #checkAfter(milliseconds: number): void {
    const { words, model } = this.#context;
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#allow(false);
    const changes = model.draft.changes(this.#content.files);
    if (changes.length === 0) {
      this.#lint = null;
      this.#showFaults([], []);
      this.#say("unchanged", words.rulebook.unchanged);
      return;
    }
    this.#say("checking", words.rulebook.checking);
    this.#timer = window.setTimeout(() => void this.#check(this.#abort.signal), milliseconds);
  }

  async #check(signal: AbortSignal): Promise<void> {
    const { words, model } = this.#context;
    const answer = await api.lint({ replace: model.draft.changes(this.#content.files) }, signal);
    if (signal.aborted) return;
    if (answer.kind !== "ok") {
      const problem = answer.kind === "problem" ? (answer.problem.detail ?? answer.problem.title) : undefined;
      this.#say("failed", problem ?? words.customer.unreachable);
      return;
    }
    this.#lint = answer.value;
    const { publishable, faults, warnings } = answer.value;
    this.#showFaults(faults, warnings);
    this.#say(publishable ? "fine" : "faulty", publishable ? words.rulebook.fine : words.rulebook.faults(faults.length));
    this.#allow(publishable);
  }

  #allow(isAllowed: boolean): void {
    this.#form.allow(isAllowed);
    this.#trial.allow(isAllowed);
  }

  #say(state: string, text: string): void {
    this.#verdict.dataset["state"] = state;
    setText(this.#verdict, text);
  }

  #showFaults(faults: readonly Fault[], warnings: readonly Fault[]): void {
    const { chosen } = this.#context.model.draft;
    const go = (file: string, line: number): void => {
      if (file !== chosen) this.#open(file);
      this.#field.go(line);
    };
    const lists = [
      faultList(this.#context, faults, "fault", chosen, go),
      faultList(this.#context, warnings, "warning", chosen, go),
    ];
    this.#faults.replaceChildren(...lists.filter((list) => list !== null));
    const marks = new Map<number, string>();
    for (const [list, severity] of [[warnings, "warned"], [faults, "faulty"]] as const) {
      for (const { file, line } of list.map(({ place }) => placeOf(place))) if (file === chosen) marks.set(line, severity);
    }
    this.#field.mark(marks);
  }
}
