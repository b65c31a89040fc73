import { element, type Child } from "../../dom/element";
import type { CustomerView, Order, Refund } from "../../wire/customers";
import type { Context } from "../context";
import { instant, section } from "../parts";

/** The customer's facts as they are stored: orders, refunds, metrics, interactions and browsing. */

export function orders(context: Context, list: readonly Order[]): HTMLElement {
  const { words, format, catalog } = context;
  const money = (minor: number): string => format.money(minor, catalog.currency);
  const rows = list.map(({ orderId, at, amount, refunded, cancelledAt, category, channel, quantity }) => {
    const about = [category, channel, quantity > 0 ? words.customer.quantity(format.count(quantity)) : null].filter(Boolean).join(" · ");
    return element(
      "tr",
      { class: cancelledAt === null ? "" : "cancelled", "data-order": orderId },
      element("td", {}, instant(context, at)),
      element("td", {}, element("span", { class: "id" }, orderId), about !== "" && element("span", { class: "quiet small line" }, about)),
      element(
        "td",
        { class: "number" },
        element("span", { class: "amount" }, money(amount)),
        refunded !== 0 && element("span", { class: "quiet small line" }, `${words.customer.refunded} ${money(refunded)}`),
        cancelledAt !== null && element("span", { class: "small line stop", title: format.second(cancelledAt) }, words.customer.cancelled),
      ),
    );
  });
  const columns = [words.customer.at, words.customer.order, words.customer.amount];
  return section(words.customer.orders, { "data-testid": "orders" }, table(context, columns, rows, 2));
}

export function refunds(context: Context, list: readonly Refund[]): HTMLElement {
  const { words, format, catalog } = context;
  const rows = list.map(({ orderId, at, amount, counted, hasOrder }) =>
    element(
      "tr",
      {},
      element("td", {}, instant(context, at)),
      element(
        "td",
        { class: "id" },
        orderId ?? "–",
        !hasOrder && element("span", { class: "quiet small line" }, words.customer.withoutOrder),
      ),
      element("td", { class: "number" }, amount === null ? words.customer.rest : format.money(amount, catalog.currency)),
      element("td", { class: "number" }, format.money(counted, catalog.currency)),
    ),
  );
  const columns = [words.customer.at, words.customer.order, words.customer.amount, words.customer.counted];
  return section(words.customer.refunds, { "data-testid": "refunds" }, table(context, columns, rows, 2));
}

export function metrics(context: Context, list: CustomerView["metrics"]): HTMLElement {
  const pairs = list.map(({ name, value }) =>
    element("div", { "data-metric": name }, element("dt", {}, element("code", {}, name)), element("dd", {}, value)),
  );
  return section(
    context.words.customer.metrics,
    { "data-testid": "metrics" },
    list.length === 0 ? none(context) : element("div", { class: "scroll-box" }, element("dl", { class: "metrics" }, ...pairs)),
  );
}

export function activity(context: Context, { interactions, browses }: Pick<CustomerView, "interactions" | "browses">): HTMLElement {
  const { words, format } = context;
  const lines = [
    ...interactions.map(({ kind, hour, count }) => ({ hour, what: kind, count, more: "" })),
    ...browses.map(({ category, hour, count, dwellSeconds }) => {
      return { hour, what: category, count, more: words.customer.dwell(format.span(dwellSeconds * 1000)) };
    }),
  ].sort((a, b) => b.hour.localeCompare(a.hour));
  const rows = lines.map(({ hour, what, count, more }) =>
    element(
      "tr",
      {},
      element("td", {}, instant(context, hour)),
      element("td", {}, what, more !== "" && element("span", { class: "quiet small line" }, more)),
      element("td", { class: "number" }, `×${format.count(count)}`),
    ),
  );
  return section(words.customer.activity, { "data-testid": "activity" }, table(context, null, rows, 2));
}

function table(context: Context, columns: readonly string[] | null, rows: readonly HTMLElement[], numbersFrom: number): HTMLElement {
  if (rows.length === 0) return none(context);
  const heads = (columns ?? []).map((name, index): Child => {
    return element("th", { scope: "col", class: index >= numbersFrom ? "number" : "" }, name);
  });
  return element(
    "div",
    { class: "scroll-box" },
    element(
      "table",
      { class: "records" },
      columns !== null && element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...rows),
    ),
  );
}

function none(context: Context): HTMLElement {
  return element("p", { class: "quiet" }, context.words.customer.none);
}
