import { element } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import type { Direction, TransitionFilter } from "../../wire/transitions";
import type { Context } from "../context";

const directions: readonly Direction[] = ["upgrade", "downgrade", "change", "entry", "exit"];

/** Scheme, layer, direction and customer; the server sends only what matches. */
export function feedFilters(context: Context, lifetime: Lifetime): HTMLElement {
  const { words, model, catalog } = context;
  const scheme = picker(words.feed.scheme, "filter-scheme");
  const layer = picker(words.feed.layer, "filter-layer");
  const direction = picker(words.feed.direction, "filter-direction");
  const customer = element("input", {
    type: "search",
    placeholder: words.feed.customer,
    "aria-label": words.feed.customer,
    autocomplete: "off",
    spellcheck: "false",
    "data-testid": "filter-customer",
  });
  const clear = element("button", { type: "button", class: "plain", onclick: () => model.filter.set({}) }, words.feed.clear);

  const show = (filter: TransitionFilter): void => {
    fill(scheme, words.feed.anyScheme, catalog.schemes.map(({ id }) => [id, context.schemeName(id)]), filter.scheme);
    const layers = filter.scheme === undefined ? [] : [...(catalog.scheme(filter.scheme)?.layers ?? [])].reverse();
    fill(layer, words.feed.anyLayer, layers.map(({ id }) => [id, context.layerName(filter.scheme ?? "", id)]), filter.layer);
    layer.disabled = filter.scheme === undefined;
    fill(direction, words.feed.anyDirection, directions.map((id) => [id, words.direction[id]]), filter.direction);
    if (document.activeElement !== customer) customer.value = filter.customer ?? "";
    clear.hidden = Object.keys(filter).length === 0;
  };
  const apply = (): void => {
    const chosen = directions.find((id) => id === direction.value);
    const typed = customer.value.trim();
    // Layers belong to a scheme: another scheme takes the layer back.
    const keepsLayer = scheme.value !== "" && scheme.value === model.filter.value.scheme && layer.value !== "";
    const next: TransitionFilter = {
      ...(scheme.value === "" ? {} : { scheme: scheme.value }),
      ...(keepsLayer ? { layer: layer.value } : {}),
      ...(chosen === undefined ? {} : { direction: chosen }),
      ...(typed === "" ? {} : { customer: typed }),
    };
    if (JSON.stringify(next) !== JSON.stringify(model.filter.value)) model.filter.set(next);
  };
  for (const field of [scheme, layer, direction, customer]) field.addEventListener("change", apply);
  customer.addEventListener("search", apply);
  lifetime.add(model.filter.watch(show));
  return element(
    "form",
    { class: "filters", "aria-label": words.feed.filters, onsubmit: (event: Event) => event.preventDefault() },
    scheme,
    layer,
    direction,
    customer,
    clear,
  );
}

function picker(label: string, testId: string): HTMLSelectElement {
  return element("select", { "aria-label": label, "data-testid": testId });
}

function fill(select: HTMLSelectElement, any: string, options: readonly (readonly [string, string])[], chosen: string | undefined): void {
  select.replaceChildren(
    element("option", { value: "" }, any),
    ...options.map(([value, text]) => element("option", { value }, text)),
  );
  select.value = chosen ?? "";
}
