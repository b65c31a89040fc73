import { element } from "../dom/element";
import type { Lifetime } from "../dom/lifetime";
import { addressOf } from "../route";
import type { Context } from "./context";

export function customerSearch(context: Context, lifetime: Lifetime): HTMLElement {
  const { words } = context;
  const input = element("input", {
    type: "search",
    name: "customer",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "search",
    placeholder: words.customer.search,
    "aria-label": words.customer.searchHint,
    "aria-keyshortcuts": "/",
    "data-testid": "customer-search",
  });
  const form = element("form", { class: "search", role: "search" }, input, element("button", { type: "submit" }, words.customer.find));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const customer = input.value.trim();
    if (customer !== "") location.hash = addressOf({ page: "customer", customer, scheme: null });
  });
  const focus = (event: KeyboardEvent): void => {
    const writing = event.target instanceof Element && event.target.closest("input, select, textarea") !== null;
    if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  };
  document.addEventListener("keydown", focus);
  lifetime.add(() => document.removeEventListener("keydown", focus));
  return form;
}
