import { element } from "../../dom/element";
import { placeOf } from "../../format/place";
import { Limits } from "../../limits";
import { nameIn } from "../../locales/language";
import type { Fault } from "../../wire/rulebooks";
import type { Context } from "../context";

export type Severity = "fault" | "warning";

/** Faults with their lines; each leads to its place. */
export function faultList(
  context: Context,
  list: readonly Fault[],
  severity: Severity,
  chosen: string | null,
  onGo: (file: string, line: number) => void,
): HTMLElement | null {
  const { words, format } = context;
  if (list.length === 0) return null;
  const count = severity === "fault" ? words.rulebook.faults(list.length) : words.rulebook.warnings(list.length);
  return element(
    "div",
    { class: `faults ${severity}` },
    element("h3", {}, count),
    element(
      "ol",
      {},
      ...list.slice(0, Limits.FaultsShown).map(({ place, message }) => {
        const { file, line } = placeOf(place);
        const where = file === chosen ? words.rulebook.line(line) : `${file} · ${words.rulebook.line(line)}`;
        return element(
          "li",
          { "data-testid": severity, "data-line": line, "data-file": file },
          element("button", { type: "button", class: "plain", onclick: () => onGo(file, line) }, where),
          element("span", {}, nameIn(format.language, message)),
        );
      }),
    ),
  );
}
