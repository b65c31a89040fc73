import { element, setStyle, setText } from "../dom/element";
import type { Lifetime } from "../dom/lifetime";
import { languages, ownNames, rememberLanguage } from "../locales/language";
import { addressOf } from "../route";
import type { ConnectionState } from "../connection/session";
import { emblem } from "./emblem";
import { customerSearch } from "./search";
import type { Context } from "./context";

export function header(context: Context, lifetime: Lifetime): HTMLElement {
  return element(
    "header",
    { class: "top" },
    element(
      "a",
      { class: "brand", href: addressOf({ page: "overview" }) },
      emblem(),
      element("span", { class: "brand-name" }, "Grid"),
      element("span", { class: "brand-line" }, context.words.tagline),
    ),
    gridClock(context, lifetime),
    customerSearch(context, lifetime),
    connection(context, lifetime),
    language(context),
  );
}

function gridClock(context: Context, lifetime: Lifetime): HTMLElement {
  const { words, format, model } = context;
  const time = element("time", { class: "clock-time", "data-testid": "clock", title: words.clock.label });
  const speed = element("span", { class: "speed", "data-testid": "speed" });
  const population = element("b", { "data-testid": "population" });
  const show = lifetime.nextFrame(() => {
    const clock = model.segments.clock.value;
    setText(time, clock === null ? "–" : format.second(clock.asOf));
    setText(population, clock === null ? "–" : format.count(clock.population));
    speed.hidden = clock === null || clock.speed === 1;
    if (clock === null) return;
    time.dateTime = clock.asOf;
    population.dataset["value"] = String(clock.population);
    // No count is wider than the population: as many characters are kept free for each.
    setStyle(document.documentElement, "--count-width", String(format.count(clock.population).length));
    setText(speed, words.clock.speed(format.count(clock.speed), format.span(clock.speed * 1000)));
  });
  lifetime.add(model.segments.clock.watch(show));
  return element(
    "div",
    { class: "clock", role: "group", "aria-label": words.clock.label },
    element("div", { class: "clock-line" }, time, speed),
    element("div", { class: "clock-people" }, population, " ", words.clock.population),
  );
}

function connection(context: Context, lifetime: Lifetime): HTMLElement {
  const { words, model } = context;
  const text = element("span", { class: "connection-text" });
  const root = element(
    "div",
    { class: "connection", role: "status", "data-testid": "connection" },
    element("span", { class: "dot", "aria-hidden": "true" }),
    text,
  );
  const show = (state: ConnectionState): void => {
    root.dataset["state"] = state.name;
    setText(text, words.connection[state.name]);
  };
  lifetime.add(model.session.state.watch(show));
  return root;
}

function language(context: Context): HTMLElement {
  const select = element(
    "select",
    { class: "language", "aria-label": context.words.language, "data-testid": "language" },
    ...languages.map((id) => element("option", { value: id, selected: id === context.format.language }, ownNames[id])),
  );
  select.addEventListener("change", () => {
    const chosen = languages.find((id) => id === select.value) ?? context.format.language;
    rememberLanguage(chosen);
    context.model.language.set(chosen);
  });
  return select;
}
