import { element } from "../../dom/element";
import type { Rulebooks } from "../../wire/rulebooks";
import type { Context } from "../context";

/** Which rulebook is in force, and how far the population has moved to it. */
export function sweepPanel(context: Context, { inForce, sweep }: Rulebooks): HTMLElement {
  const { words, format } = context;
  const part = sweep.customers === 0 ? 1 : sweep.moved / sweep.customers;
  return element(
    "section",
    { class: "panel sweep", "data-testid": "sweep", "data-complete": String(sweep.complete), "data-rulebook": inForce },
    element("h2", {}, words.rulebook.inForce(inForce)),
    sweep.complete
      ? element("p", { class: "quiet" }, words.rulebook.sweepDone(format.count(sweep.customers)))
      : element("p", {}, words.rulebook.sweep(format.count(sweep.moved), format.count(sweep.customers))),
    !sweep.complete && element("progress", { max: 1, value: part, "aria-label": format.share(part) }),
    !sweep.complete &&
      element(
        "p",
        { class: "quiet small" },
        sweep.byRulebook.map(({ rulebook, customers }) => words.rulebook.under(rulebook, format.count(customers))).join(" · "),
      ),
  );
}
