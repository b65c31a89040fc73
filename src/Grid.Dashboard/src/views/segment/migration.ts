import { api, type Answer } from "../../connection/api";
import { element } from "../../dom/element";
import type { Lifetime } from "../../dom/lifetime";
import { Limits } from "../../limits";
import type { Flow, Migration, SchemeDefinition } from "../../wire/segments";
import type { Context } from "../context";
import { matrix } from "../matrix";
import { choices, section } from "../parts";
import { Question, unanswered } from "../question";

const spans = ["7", "30", "90"] as const;
type Days = (typeof spans)[number];
const dayMilliseconds = 86_400_000;

/** Where the members of each layer some days ago are now, with retention and recall. */
export function migration(context: Context, lifetime: Lifetime, scheme: SchemeDefinition): HTMLElement {
  const { words, model } = context;
  let days: Days = "30";
  const body = element("div", { class: "migration" });
  let question: Question<Migration> | null = null;
  const ask = (signal: AbortSignal): Promise<Answer<Migration>> => {
    const now = Date.parse(model.segments.clock.value?.asOf ?? "");
    return api.migration(scheme.id, new Date(now - Number(days) * dayMilliseconds).toISOString(), signal);
  };
  const show = (answer: Answer<Migration>): void => {
    body.dataset["days"] = days;
    body.replaceChildren(answer.kind === "ok" ? picture(context, scheme, answer.value) : unanswered(context, answer));
  };
  lifetime.add(
    model.segments.clock.watch((clock) => {
      // Days are counted back from the grid's clock, which comes with the first frame.
      if (clock !== null) question ??= new Question(lifetime, Limits.MigrationRefreshMilliseconds, ask, show);
    }),
  );
  const list = spans.map((value) => ({ value, text: words.migration.days[value] }));
  const chooser = choices<Days>(words.migration.span, list, days, (chosen) => {
    days = chosen;
    question?.again();
  });
  return section(words.migration.heading, { class: "flows", "data-testid": "migration" }, chooser, body);
}

function picture(context: Context, scheme: SchemeDefinition, answer: Migration): HTMLElement {
  const { words, format } = context;
  const moves: readonly Flow[] = [
    ...answer.arrivals.map(({ to, count }) => ({ from: null, to, count })),
    ...answer.matrix,
    ...answer.departures.map(({ from, count }) => ({ from, to: null, count })),
  ];
  const wereNone = answer.layers.every(({ before }) => before === 0);
  const rate = (name: string, share: number | null, hint: string, testId: string): HTMLElement | false =>
    share !== null &&
    element(
      "div",
      { "data-testid": testId, "data-value": share },
      element("dt", {}, name),
      element("dd", {}, format.share(share)),
      element("dd", { class: "quiet small" }, hint),
    );
  return element(
    "div",
    {},
    element(
      "dl",
      { class: "rates" },
      rate(words.migration.retention, answer.retention, words.migration.retentionHint, "retention"),
      rate(words.migration.recall, answer.recall, words.migration.recallHint, "recall"),
    ),
    element("p", { class: "quiet small" }, words.migration.between(format.minute(answer.from), format.minute(answer.to))),
    wereNone && element("p", { class: "quiet small" }, words.migration.nobody),
    moves.length > 0 && element("div", { class: "matrix-box" }, matrix(context, scheme, moves, true)),
  );
}
