import { idIn } from "../format/place";
import { Limits } from "../limits";
import type { RulebookFile } from "../wire/rulebooks";

const authorKey = "grid.author";

/** Unpublished changes to the rulebook in force; they outlive the views, which are rebuilt for each language and rulebook. */
export class Draft {
  /** The file that is shown. */
  chosen: string | null = null;
  note = "";
  /** The outcome of the last publication, which the next view shows. */
  outcome: { readonly rulebook: number; readonly isNew: boolean } | null = null;
  readonly #texts = new Map<string, string>();

  textOf(file: RulebookFile): string {
    return this.#texts.get(file.file) ?? file.yaml;
  }

  write(file: RulebookFile, text: string): void {
    // An added file is a change even while it is empty.
    if (text === file.yaml && text !== "") this.#texts.delete(file.file);
    else this.#texts.set(file.file, text);
  }

  discard(file: string): void {
    this.#texts.delete(file);
  }

  /** The files in force and those that are added, the latter without text of their own. */
  all(inForce: readonly RulebookFile[]): readonly RulebookFile[] {
    const known = new Set(inForce.map(({ file }) => file));
    return [...inForce, ...[...this.#texts.keys()].filter((file) => !known.has(file)).map((file) => ({ file, yaml: "" }))];
  }

  isChanged(file: string): boolean {
    return this.#texts.has(file);
  }

  /** The files of the publication. A text with a new id is a new file, beside the one it was copied from. */
  changes(inForce: readonly RulebookFile[]): readonly RulebookFile[] {
    return this.all(inForce)
      .filter(({ file }) => this.#texts.has(file))
      .map((origin) => {
        const yaml = this.textOf(origin);
        const id = idIn(yaml);
        return { file: id === null || id === idIn(origin.yaml) ? origin.file : `${id}.yaml`, yaml };
      });
  }

  /** Drops the changes that are now in force. */
  settle(inForce: readonly RulebookFile[]): void {
    for (const { file, yaml } of inForce) if (this.#texts.get(file) === yaml) this.#texts.delete(file);
    for (const [file, text] of this.#texts) if (inForce.some(({ yaml }) => yaml === text)) this.#texts.delete(file);
    if (this.chosen !== null && !this.all(inForce).some(({ file }) => file === this.chosen)) this.chosen = null;
  }

  get author(): string {
    try {
      return localStorage.getItem(authorKey) ?? "";
    } catch {
      return "";
    }
  }

  set author(name: string) {
    try {
      localStorage.setItem(authorKey, name.slice(0, Limits.AuthorCharacters));
    } catch {
      // Without storage the page asks for the name again.
    }
  }
}
