import { element } from "../../dom/element";
import type { RulebookEntry, Rulebooks } from "../../wire/rulebooks";
import type { Context } from "../context";
import { instant, section } from "../parts";

/** Every rulebook with its number, time, author and note; an earlier one can be published again. */
export function publications(context: Context, { history, inForce }: Rulebooks, onAgain: (number: number) => void): HTMLElement {
  const { words } = context;
  const columns = [words.rulebook.number, words.rulebook.at, words.rulebook.by, words.rulebook.what, ""];
  return section(
    words.rulebook.history,
    { "data-testid": "publications" },
    element(
      "div",
      { class: "scroll-box" },
      element(
        "table",
        { class: "records stacking" },
        element("thead", {}, element("tr", {}, ...columns.map((name) => element("th", { scope: "col" }, name)))),
        element("tbody", {}, ...history.map((entry) => row(context, entry, entry.number === inForce, onAgain))),
      ),
    ),
  );
}

function row(context: Context, entry: RulebookEntry, isInForce: boolean, onAgain: (number: number) => void): HTMLElement {
  const { words } = context;
  const { number } = entry;
  const cell = element("td", {});
  const offer = (): void => cell.replaceChildren(again);
  const again = element(
    "button",
    { type: "button", class: "plain", "data-testid": `again-${number}`, onclick: () => confirm() },
    words.rulebook.again,
  );
  const confirm = (): void => {
    const yes = element("button", { type: "button", "data-testid": `again-${number}-yes`, onclick: () => onAgain(number) }, words.rulebook.yes);
    const no = element(
      "button",
      {
        type: "button",
        class: "plain",
        onclick: () => {
          offer();
          again.focus();
        },
      },
      words.rulebook.no,
    );
    cell.replaceChildren(element("span", {}, `${words.rulebook.confirm(number)} `), yes, no);
    yes.focus();
  };
  if (!isInForce) offer();
  return element(
    "tr",
    { class: isInForce ? "chosen" : "", "data-number": number },
    element("th", { scope: "row" }, `#${number}`),
    element("td", { "data-label": words.rulebook.at }, instant(context, entry.publishedAt)),
    element("td", { "data-label": words.rulebook.by }, entry.author),
    element(
      "td",
      { "data-label": words.rulebook.what, class: "note" },
      [entry.note ?? "", entry.origin === "files" ? words.rulebook.files : ""].filter((text) => text !== "").join(" · ") || "–",
    ),
    cell,
  );
}
