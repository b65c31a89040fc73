import { element } from "../dom/element";
import { nameIn } from "../locales/language";
import type { SchemeDefinition } from "../wire/segments";
import type { Context } from "./context";

/** The sentence made from the scheme's file, then what its author wrote beside it. */
export function schemeSentences(context: Context, scheme: SchemeDefinition): HTMLElement[] {
  const { language } = context.format;
  const rule = nameIn(language, scheme.rule);
  const comment = nameIn(language, scheme.description);
  return [
    ...(rule === "" ? [] : [element("p", { class: "rule", "data-testid": `rule-${scheme.id}` }, rule)]),
    ...(comment === "" ? [] : [element("p", { class: "quiet comment", title: context.words.segments.comment }, comment)]),
  ];
}
