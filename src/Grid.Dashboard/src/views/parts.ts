import { element } from "../dom/element";
import type { Cause } from "../wire/names";
import type { Direction } from "../wire/transitions";
import type { Context } from "./context";

/** The parts that several views show in the same way. */

export function layerChip(context: Context, scheme: string, layer: string): HTMLElement {
  const name = context.layerName(scheme, layer);
  return element(
    "span",
    { class: "chip", style: `--layer: ${context.layerColour(scheme, layer)}`, title: name === layer ? layer : `${name} · ${layer}` },
    element("span", { class: "chip-name" }, name),
  );
}

export function instant(context: Context, at: string, text = context.format.minute(at)): HTMLElement {
  return element("time", { datetime: at, title: `${context.format.second(at)}\n${at}` }, text);
}

export function causeText(context: Context, cause: Cause): string {
  const words = context.words.cause;
  switch (cause.kind) {
    case "baseline":
      return words.baseline(cause.number);
    case "rulebook":
      return words.rulebook(cause.number);
    default:
      return words[cause.kind];
  }
}

const arrows: Readonly<Record<Direction, string>> = { upgrade: "▲", downgrade: "▼", change: "◆", entry: "●", exit: "○" };

export function directionMark(context: Context, direction: Direction): HTMLElement {
  const name = context.words.direction[direction];
  return element("span", { class: `mark ${direction}`, role: "img", "aria-label": name, title: name }, arrows[direction]);
}

export function section(heading: string, attributes: Readonly<Record<string, string>>, ...children: readonly (Node | null)[]): HTMLElement {
  return element("section", { ...attributes, class: `panel ${attributes["class"] ?? ""}` }, element("h2", {}, heading), ...children);
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly text: string;
}

/** A row of buttons of which one is pressed. */
export function choices<T extends string>(label: string, list: readonly Choice<T>[], chosen: T, onChoose: (value: T) => void): HTMLElement {
  const buttons = list.map(({ value, text }) =>
    element("button", { type: "button", "aria-pressed": String(value === chosen), onclick: () => choose(value) }, text),
  );
  const choose = (value: T): void => {
    list.forEach((choice, index) => buttons[index]?.setAttribute("aria-pressed", String(choice.value === value)));
    onChoose(value);
  };
  return element("div", { class: "choices", role: "group", "aria-label": label }, ...buttons);
}
