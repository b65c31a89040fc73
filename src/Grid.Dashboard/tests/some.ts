import type { SchemeDefinition } from "../src/wire/segments";
import type { Transition, TransitionsFrame } from "../src/wire/transitions";

/** Example messages; what a test does not name does not matter to it. */
export const Some = {
  transition(position: string, changes: Partial<Transition> = {}): Transition {
    return {
      position,
      customer: `customer-${position}`,
      scheme: "lifecycle",
      from: "new",
      to: "loyal",
      direction: "upgrade",
      cause: { kind: "event", number: null },
      effectiveAt: "2026-11-21T10:00:00.000Z",
      recordedAt: "2026-11-21T10:00:00.000Z",
      ...changes,
    };
  },

  scheme(id: string, changes: Partial<SchemeDefinition> = {}): SchemeDefinition {
    return {
      id,
      name: { zh: id, en: id },
      description: null,
      rule: { zh: "", en: "" },
      isAudience: false,
      isOrdered: true,
      layers: [],
      ...changes,
    };
  },

  /** A frame of the transitions first to last, positioned at the last. */
  frame(first: number, last: number): TransitionsFrame {
    const items = Array.from({ length: last - first + 1 }, (_, index) => Some.transition(String(first + index)));
    return { position: String(last), skipped: 0, items };
  },
};
