import { element } from "../../dom/element";
import { addressOf } from "../../route";
import type { Transition } from "../../wire/transitions";
import type { Context } from "../context";
import { causeText, directionMark, instant, layerChip } from "../parts";

/** One transition: direction, from → to, customer, cause, when it took effect, scheme, and how much later it was recorded. */
export function feedRow(context: Context, transition: Transition, fresh: boolean): HTMLElement {
  const { format, words } = context;
  const { customer, scheme, from, to, effectiveAt, recordedAt } = transition;
  const recorded = `${format.second(recordedAt)}\n${recordedAt}`;
  const lag = Date.parse(recordedAt) - Date.parse(effectiveAt);
  return element(
    "li",
    {
      class: fresh ? "move fresh" : "move",
      "data-testid": "transition",
      "data-position": transition.position,
      "data-customer": customer,
      "data-scheme": scheme,
      "data-direction": transition.direction,
    },
    directionMark(context, transition.direction),
    element(
      "div",
      { class: "move-layers" },
      from !== null && layerChip(context, scheme, from),
      from !== null && to !== null && element("span", { class: "to", "aria-hidden": "true" }, "→"),
      to === null ? element("span", { class: "quiet" }, `→ ${words.flows.left}`) : layerChip(context, scheme, to),
    ),
    element(
      "div",
      { class: "move-who" },
      element("a", { href: addressOf({ page: "customer", customer, scheme }) }, customer),
      element("span", { class: "cause" }, causeText(context, transition.cause)),
      instant(context, effectiveAt, format.short(effectiveAt)),
    ),
    element(
      "div",
      { class: "move-lag quiet" },
      context.schemeName(scheme),
      lag !== 0 && element("span", { title: recorded }, ` · ${words.feed.recorded(format.span(lag))}`),
    ),
  );
}
