import { element } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import { Limits } from "../../limits";
import { Feed } from "../../store/feed";
import type { Transition, TransitionsFrame } from "../../wire/transitions";
import type { Context } from "../context";
import { causeText, directionMark, instant, layerChip } from "../parts";

/** The customer's own transitions, newest first, followed live; `onMoved` is called when one arrives. */
export function history(context: Context, lifetime: Lifetime, customer: string, onMoved: () => void): HTMLElement {
  const feed = new Feed();
  const list = element("ol", { class: "timeline", "data-testid": "customer-history" });
  const none = element("p", { class: "quiet" }, context.words.customer.historyNone);
  const show = lifetime.nextFrame(() => {
    const items = feed.items.slice(-Limits.CustomerHistoryItems).reverse();
    none.hidden = items.length > 0;
    list.replaceChildren(...items.map(({ transition }) => row(context, transition)));
  });
  lifetime.add(
    feed.revision.subscribe(() => {
      show();
      onMoved();
    }),
  );
  lifetime.add(
    context.model.session.subscribe<TransitionsFrame>({
      target: "Transitions",
      parameters: () => [{ customer }, feed.position],
      onFrame: (frame) => feed.apply(frame, Date.now()),
      onRefused: (times) => {
        if (times >= Limits.RefusalsOfOnePosition && feed.position !== null) feed.reset();
      },
    }),
  );
  return element("div", { class: "scroll-box" }, none, list);
}

function row(context: Context, { position, scheme, from, to, direction, cause, effectiveAt }: Transition): HTMLElement {
  return element(
    "li",
    { "data-testid": "customer-transition", "data-position": position },
    element(
      "p",
      { class: "timeline-when" },
      instant(context, effectiveAt),
      element("span", { class: "quiet" }, ` ${causeText(context, cause)}`),
    ),
    element(
      "p",
      { class: "move-layers" },
      directionMark(context, direction),
      from !== null && layerChip(context, scheme, from),
      from !== null && to !== null && element("span", { class: "to" }, "→"),
      to === null ? element("span", { class: "quiet" }, `→ ${context.words.flows.left}`) : layerChip(context, scheme, to),
    ),
    element("p", { class: "quiet small" }, context.schemeName(scheme)),
  );
}
