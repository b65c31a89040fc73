import { element, setText } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import { Limits } from "../../limits";
import { Cell } from "../../store/cell";
import type { Received } from "../../store/feed";
import type { Context } from "../context";
import { feedRow } from "./feedRow";

/** Up to this rate each new row is marked for a moment; beyond it everything would be. */
const calmPerSecond = 2;

/**
 * Paints the feed a few times a second. While the reader holds it (button, pointer, keyboard or scrolling) nothing moves;
 * what arrives meanwhile waits in the feed, and a button says how much.
 */
export class FeedList {
  readonly root: HTMLElement;
  readonly pinned = new Cell(false);
  readonly #context: Context;
  readonly #rows = element("ol", { class: "feed-rows" });
  readonly #scroller: HTMLElement;
  readonly #newer: HTMLButtonElement;
  readonly #empty = element("p", { class: "quiet empty" });
  /** The orders of the newest and the oldest transition that are painted, and the generation of the feed they belong to. */
  #painted = 0;
  #oldest = Infinity;
  #generation = -1;
  #hovered = false;

  constructor(context: Context, lifetime: Lifetime) {
    this.#context = context;
    this.#newer = element("button", { type: "button", class: "newer", hidden: true, onclick: () => this.#release() });
    this.#scroller = element(
      "div",
      {
        class: "feed-scroll",
        role: "log",
        // Read out, the feed would never end.
        "aria-live": "off",
        "aria-label": context.words.feed.heading,
        tabindex: 0,
        "data-testid": "feed",
      },
      this.#rows,
      this.#empty,
    );
    this.root = element("div", { class: "feed-box" }, this.#newer, this.#scroller);
    this.#scroller.addEventListener("pointerenter", (event) => (this.#hovered = event.pointerType === "mouse"));
    this.#scroller.addEventListener("pointerleave", () => (this.#hovered = false));
    lifetime.every(Limits.FeedPaintMilliseconds, () => this.#tick());
    this.#tick();
  }

  get #held(): boolean {
    return this.pinned.value || this.#hovered || this.#scroller.scrollTop > 4 || this.#scroller.contains(document.activeElement);
  }

  #tick(): void {
    const { feed } = this.#context.model;
    if (feed.generation !== this.#generation) this.#startOver();
    if (document.hidden) return;
    if (!this.#held) this.#paint();
    this.#fill();
    const waiting = feed.received - this.#painted;
    this.#newer.hidden = waiting === 0;
    if (waiting > 0) setText(this.#newer, this.#context.words.feed.newer(this.#context.format.count(waiting)));
    this.root.classList.toggle("held", this.#held);
  }

  #paint(): void {
    const { feed, filter } = this.#context.model;
    const all = feed.after(this.#painted);
    const flood = all.length > Limits.FeedFloodRows;
    const fresh = flood ? all.slice(-Limits.FeedFloodRows) : all;
    const calm = this.#painted > 0 && feed.rate.perSecond(Date.now()) <= calmPerSecond;
    const rows = this.#draw(fresh, calm);
    if (flood) this.#rows.replaceChildren(...rows);
    else this.#rows.prepend(...rows);
    while (this.#rows.childElementCount > Limits.FeedItems) this.#rows.lastElementChild?.remove();
    this.#painted = feed.received;
    this.#oldest = feed.received - this.#rows.childElementCount + 1;
    this.#empty.hidden = this.#rows.childElementCount > 0;
    const { empty, emptyFiltered } = this.#context.words.feed;
    setText(this.#empty, Object.keys(filter.value).length === 0 ? empty : emptyFiltered);
  }

  /** Adds older transitions at the end, some with each tick, when a flood or a new page left them out. */
  #fill(): void {
    const room = Limits.FeedItems - this.#rows.childElementCount;
    if (room <= 0 || this.#painted === 0) return;
    const older = this.#context.model.feed.before(this.#oldest, Math.min(room, Limits.FeedFloodRows));
    if (older.length === 0) return;
    this.#rows.append(...this.#draw(older, false));
    this.#oldest -= older.length;
  }

  #draw(items: readonly Received[], calm: boolean): readonly HTMLElement[] {
    return items.map(({ transition }) => feedRow(this.#context, transition, calm)).reverse();
  }

  #startOver(): void {
    this.#generation = this.#context.model.feed.generation;
    this.#painted = 0;
    this.#oldest = Infinity;
    this.#rows.replaceChildren();
    this.#scroller.scrollTop = 0;
  }

  #release(): void {
    this.#scroller.scrollTop = 0;
    this.pinned.set(false);
    this.#paint();
    this.#newer.hidden = true;
  }
}
