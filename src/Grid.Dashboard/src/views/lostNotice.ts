import { element, setText } from "../dom/element";
import type { Lifetime } from "../dom/lifetime";
import type { Context } from "./context";

/** A line above everything while there is no connection: since when, when it is tried again, and a button to try now. */
export function lostNotice(context: Context, lifetime: Lifetime): HTMLElement {
  const { words, format, model } = context;
  const message = element("span", {});
  const next = element("span", { class: "notice-next" });
  const retry = element("button", { type: "button", onclick: () => model.session.retryNow() }, words.connection.retryNow);
  const root = element("div", { class: "notice", hidden: true }, message, next, retry);
  const show = (): void => {
    const state = model.session.state.value;
    const lost = state.name === "reconnecting";
    root.hidden = !lost;
    document.documentElement.classList.toggle("lost", lost);
    if (!lost) return;
    const seen = model.segments.clock.value !== null;
    setText(message, seen ? words.connection.lost(format.time(state.lostAt)) : words.connection.waiting);
    const left = state.retryAt === null ? 0 : Math.ceil((state.retryAt - Date.now()) / 1000);
    setText(next, left > 0 ? words.connection.retryIn(left) : words.connection.connecting);
  };
  lifetime.add(model.session.state.watch(show));
  lifetime.every(500, show);
  return root;
}
