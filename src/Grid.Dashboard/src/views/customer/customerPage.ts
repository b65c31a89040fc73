import { element } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import { Slot } from "../../dom/slot";
import { addressOf } from "../../route";
import { recentCustomers, rememberCustomer } from "../../store/recentCustomers";
import type { Context } from "../context";
import { section } from "../parts";
import { CustomerQuestions, type CustomerFailure } from "./customerQuestions";
import { explanation } from "./explanation";
import { forecast } from "./forecast";
import { history } from "./history";
import { layers } from "./layers";
import { activity, metrics, orders, refunds } from "./records";
import { summary } from "./summary";

/** One customer, kept up to date while it is shown; without an id, a search for one. */
export function customerPage(context: Context, lifetime: Lifetime, id: string | null, scheme: string | null): HTMLElement {
  return id === null ? prompt(context) : new CustomerPage(context, lifetime, id, scheme).root;
}

function prompt(context: Context): HTMLElement {
  const { words } = context;
  const recent = recentCustomers();
  return element(
    "div",
    { class: "panel empty", "data-testid": "customer-prompt" },
    element("h1", {}, words.customer.heading),
    element("p", { class: "quiet" }, words.customer.prompt),
    recent.length > 0 && element("h2", {}, words.customer.recent),
    element(
      "ul",
      { class: "recent" },
      ...recent.map((customer) =>
        element("li", {}, element("a", { href: addressOf({ page: "customer", customer, scheme: null }) }, customer)),
      ),
    ),
  );
}

class CustomerPage {
  readonly root: HTMLElement;
  readonly #context: Context;
  readonly #id: string;
  readonly #state = element("div", { class: "panel empty", role: "status" });
  readonly #body: HTMLElement;
  readonly #questions: CustomerQuestions;

  constructor(context: Context, lifetime: Lifetime, id: string, scheme: string | null) {
    const { words } = context;
    this.#context = context;
    this.#id = id;
    this.#questions = new CustomerQuestions(context.model, lifetime, id, scheme);
    this.#body = element("div", { class: "customer", hidden: true, "data-testid": "customer-view", "data-customer": id });
    this.root = element("div", {}, this.#state, this.#body);
    this.#state.textContent = words.customer.loading;

    const { view, forecast: future, explanation: reason, failure } = this.#questions;
    const choose = (chosen: string): void => {
      // The address follows the choice without a new entry in the browser's history.
      window.history.replaceState(null, "", addressOf({ page: "customer", customer: id, scheme: chosen }));
      this.#questions.choose(chosen);
    };
    const box = (): HTMLElement => element("div", { class: "slot" });
    const summaryOf = new Slot(box(), (value: Parameters<typeof summary>[1]) => summary(context, value));
    const layersOf = new Slot(box(), (value: Parameters<typeof layers>[1]) => layers(context, value, choose));
    const reasonOf = new Slot(box(), (value: Parameters<typeof explanation>[1]) => explanation(context, value));
    const futureOf = new Slot(box(), (value: Parameters<typeof forecast>[1]) => forecast(context, value));
    const ordersOf = new Slot(box(), (value: Parameters<typeof orders>[1]) => orders(context, value));
    const refundsOf = new Slot(box(), (value: Parameters<typeof refunds>[1]) => refunds(context, value));
    const metricsOf = new Slot(box(), (value: Parameters<typeof metrics>[1]) => metrics(context, value));
    const activityOf = new Slot(box(), (value: Parameters<typeof activity>[1]) => activity(context, value));

    lifetime.add(
      view.watch((value) => {
        if (value === null) return;
        rememberCustomer(id);
        this.#body.hidden = false;
        this.#state.hidden = true;
        summaryOf.show(value);
        layersOf.show({ layers: value.layers, chosen: this.#questions.scheme.value });
        ordersOf.show(value.orders);
        refundsOf.show(value.refunds);
        metricsOf.show(value.metrics);
        activityOf.show({ interactions: value.interactions, browses: value.browses });
      }),
    );
    lifetime.add(
      this.#questions.scheme.watch((chosen) => {
        if (view.value !== null) layersOf.show({ layers: view.value.layers, chosen });
      }),
    );
    lifetime.add(reason.watch((value) => value !== null && reasonOf.show(value)));
    lifetime.add(future.watch((value) => value !== null && futureOf.show(value)));
    lifetime.add(failure.watch((value) => this.#showFailure(value)));
    this.#body.append(
      summaryOf.root,
      layersOf.root,
      reasonOf.root,
      element(
        "div",
        { class: "pair" },
        section(words.customer.forecast, { "data-testid": "forecast" }, futureOf.root),
        section(words.customer.history, {}, history(context, lifetime, id, () => this.#questions.askSoon())),
      ),
      element("div", { class: "pair" }, ordersOf.root, metricsOf.root),
      element("div", { class: "pair" }, refundsOf.root, activityOf.root),
    );
  }

  #showFailure(failure: CustomerFailure | null): void {
    const { words } = this.#context;
    if (this.#questions.view.value !== null) this.#state.hidden = failure === null;
    this.#state.classList.toggle("error", failure !== null);
    if (failure === null) return;
    this.#state.dataset["failure"] = failure.kind;
    if (failure.kind === "unknown") {
      this.#body.hidden = true;
      this.#say(words.customer.unknown(this.#id), failure.detail ?? words.customer.unknownHint);
    } else if (failure.kind === "refused") this.#say(words.customer.failed, failure.detail ?? "");
    else this.#say(words.customer.unreachable, "");
  }

  #say(message: string, detail: string): void {
    this.#state.replaceChildren(element("p", { role: "alert", class: "message" }, message), element("p", { class: "quiet" }, detail));
  }
}
