import { element } from "../../dom/element";
import type { Forecast } from "../../wire/customers";
import type { Context } from "../context";
import { instant, layerChip } from "../parts";

/** What time alone will change, as a line of instants. */
export function forecast(context: Context, { asOf, transitions, complete }: Forecast): HTMLElement {
  const { words, format } = context;
  if (transitions.length === 0) return element("p", { class: "quiet" }, words.customer.forecastNone);
  return element(
    "div",
    {},
    element("p", { class: "quiet small" }, words.customer.forecastHint),
    element(
      "ol",
      { class: "timeline" },
      ...transitions.map(({ at, scheme, from, to }) =>
        element(
          "li",
          { "data-scheme": scheme, "data-to": to },
          element(
            "p",
            { class: "timeline-when" },
            instant(context, at),
            element("span", { class: "quiet" }, ` +${format.span(Date.parse(at) - Date.parse(asOf))}`),
          ),
          element(
            "p",
            { class: "move-layers" },
            from !== null && layerChip(context, scheme, from),
            from !== null && element("span", { class: "to" }, "→"),
            to === null ? words.flows.left : layerChip(context, scheme, to),
          ),
          element("p", { class: "quiet small" }, context.schemeName(scheme)),
        ),
      ),
    ),
    complete ? null : element("p", { class: "quiet small" }, words.customer.forecastCut),
  );
}
