import { element } from "../../dom/element";
import { nameIn } from "../../locales/language";
import type { CustomerView } from "../../wire/customers";
import type { Context } from "../context";
import { instant } from "../parts";

/** The customer: id, dates, lifetime totals, tags and traits. */
export function summary(context: Context, view: CustomerView): HTMLElement {
  const { words, format, catalog } = context;
  const { totals } = view;
  const money = (minor: number): string => format.money(minor, catalog.currency);
  return element(
    "section",
    { class: "panel summary" },
    element("p", { class: "eyebrow" }, words.customer.heading),
    element("h1", { class: "customer-id" }, view.id),
    element(
      "p",
      { class: "quiet small" },
      `${words.customer.joined} `,
      instant(context, view.joinedAt),
      ` · ${words.customer.nextDeadline}: `,
      view.nextDeadline === null ? words.customer.noDeadline : instant(context, view.nextDeadline),
      ` · ${words.customer.version(view.version)} · ${words.customer.asOf(format.minute(view.asOf))}`,
    ),
    element(
      "dl",
      { class: "totals" },
      total(words.customer.totals.orders, format.count(totals.orders)),
      total(words.customer.totals.spend, money(totals.spend)),
      total(words.customer.totals.refunds, money(totals.refunds)),
      total(words.customer.totals.points, format.count(totals.points)),
    ),
    tags(context, view),
    traits(context, view),
    view.detailSince === null ? null : element("p", { class: "quiet small" }, words.customer.detailSince(format.minute(view.detailSince))),
    view.quartersSince === null ? null : element("p", { class: "quiet small" }, words.customer.quartersSince(format.minute(view.quartersSince))),
  );
}

function total(name: string, value: string): HTMLElement {
  return element("div", {}, element("dt", {}, name), element("dd", {}, value));
}

function tags(context: Context, { tags: list, derivedTags }: CustomerView): HTMLElement | null {
  const { words, format } = context;
  if (list.length + derivedTags.length === 0) return null;
  return element(
    "ul",
    { class: "tags", "aria-label": words.customer.tags, "data-testid": "tags" },
    ...list.map(({ name, at, expiresAt }) =>
      element(
        "li",
        { title: format.second(at), "data-tag": name },
        name,
        expiresAt !== null && element("span", { class: "quiet" }, ` ${words.customer.expires(format.day(expiresAt))}`),
      ),
    ),
    ...derivedTags.map(({ tag, name }) =>
      element(
        "li",
        { class: "derived", title: `${tag} · ${words.customer.derived}`, "data-tag": tag, "data-derived": "true" },
        nameIn(format.language, name) || tag,
        element("span", { class: "visually-hidden" }, ` ${words.customer.derived}`),
      ),
    ),
  );
}

function traits(context: Context, { traits: list }: CustomerView): HTMLElement | null {
  if (list.length === 0) return null;
  return element(
    "dl",
    { class: "traits", "aria-label": context.words.customer.traits, "data-testid": "traits" },
    ...list.map(({ name, value, at }) =>
      element("div", { title: context.format.second(at) }, element("dt", {}, name), element("dd", {}, String(value))),
    ),
  );
}
