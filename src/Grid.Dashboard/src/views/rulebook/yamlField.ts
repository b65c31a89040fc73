import { element } from "../../dom/element";
import { spanOfLine } from "../../format/place";

/** A field for text in lines, with their numbers beside it; lines can be marked and gone to. The tab key leaves it, as everywhere. */
export class YamlField {
  readonly root: HTMLElement;
  readonly #text: HTMLTextAreaElement;
  readonly #numbers = element("div", { class: "line-numbers", "aria-hidden": "true" });
  #marks: ReadonlyMap<number, string> = new Map();

  constructor(label: string, onChange: (text: string) => void) {
    this.#text = element("textarea", {
      class: "yaml-text",
      "aria-label": label,
      spellcheck: "false",
      autocomplete: "off",
      autocapitalize: "off",
      wrap: "off",
      rows: 24,
      "data-testid": "yaml",
    });
    this.#text.addEventListener("input", () => {
      this.#number();
      onChange(this.#text.value);
    });
    this.#text.addEventListener("scroll", () => (this.#numbers.scrollTop = this.#text.scrollTop));
    this.root = element("div", { class: "yaml" }, this.#numbers, this.#text);
  }

  show(text: string): void {
    if (this.#text.value !== text) this.#text.value = text;
    this.#marks = new Map();
    this.#text.scrollTop = 0;
    this.#number();
  }

  /** Marks lines with a class each. */
  mark(marks: ReadonlyMap<number, string>): void {
    this.#marks = marks;
    this.#number();
  }

  go(line: number): void {
    const [begin, end] = spanOfLine(this.#text.value, line);
    this.#text.focus();
    this.#text.setSelectionRange(begin, end);
    const height = this.#text.scrollHeight / Math.max(1, this.#text.value.split("\n").length);
    this.#text.scrollTop = Math.max(0, (line - 4) * height);
  }

  #number(): void {
    const lines = this.#text.value.split("\n").length;
    this.#numbers.replaceChildren(
      ...Array.from({ length: lines }, (_, index) => element("div", { class: this.#marks.get(index + 1) ?? "" }, index + 1)),
    );
    this.#numbers.scrollTop = this.#text.scrollTop;
  }
}
