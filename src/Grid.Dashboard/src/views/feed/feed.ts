import { element, setText } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import { Limits } from "../../limits";
import type { Context } from "../context";
import { feedFilters } from "./feedFilters";
import { FeedList } from "./feedList";

/** Transitions as they happen, newest first. */
export function feedPanel(context: Context, lifetime: Lifetime): HTMLElement {
  const { words, format, model } = context;
  const list = new FeedList(context, lifetime);
  const rate = element("span", { class: "rate quiet", "data-testid": "feed-rate" });
  const skipped = element("p", { class: "quiet small", hidden: true });
  const hold = element("button", {
    type: "button",
    class: "hold",
    "data-testid": "feed-hold",
    onclick: () => list.pinned.set(!list.pinned.value),
  });
  lifetime.add(
    list.pinned.watch((pinned) => {
      setText(hold, pinned ? "▶" : "❚❚");
      hold.title = pinned ? words.feed.release : words.feed.hold;
      hold.setAttribute("aria-label", hold.title);
      hold.setAttribute("aria-pressed", String(pinned));
    }),
  );
  lifetime.every(1_000, () => {
    const perSecond = model.feed.rate.perSecond(Date.now());
    setText(rate, perSecond > 0 ? words.feed.perSecond(format.rate(perSecond)) : "");
  });
  lifetime.add(
    model.feed.skipped.watch((count) => {
      skipped.hidden = count === 0;
      setText(skipped, words.feed.skipped(format.count(count)));
    }),
  );
  return element(
    "section",
    { class: "feed", "aria-label": words.feed.heading },
    element("header", { class: "feed-head" }, element("h2", {}, words.feed.heading), rate, hold),
    feedFilters(context, lifetime),
    skipped,
    list.root,
    element("p", { class: "quiet small feed-foot" }, words.feed.capped(Limits.FeedItems)),
  );
}
