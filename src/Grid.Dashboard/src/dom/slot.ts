/** A place in the page that is drawn again only when its value differs, keeping opened details open. */
export class Slot<T> {
  readonly root: HTMLElement;
  readonly #draw: (value: T) => Node;
  #shown: string | null = null;

  constructor(root: HTMLElement, draw: (value: T) => Node) {
    this.root = root;
    this.#draw = draw;
  }

  show(value: T): void {
    const text = JSON.stringify(value);
    if (text === this.#shown) return;
    this.#shown = text;
    const open = new Set(this.#details().filter((part) => part.open).map(({ dataset }) => dataset["key"]));
    this.root.replaceChildren(this.#draw(value));
    for (const part of this.#details()) if (open.has(part.dataset["key"])) part.open = true;
  }

  #details(): readonly HTMLDetailsElement[] {
    return [...this.root.querySelectorAll<HTMLDetailsElement>("details[data-key]")];
  }
}
