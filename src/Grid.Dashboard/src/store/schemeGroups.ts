import type { SchemeDefinition } from "../wire/segments";
import { Cell } from "./cell";

/** The aspect that a scheme divides customers by; `own` groups the schemes that are not shipped with Grid. */
export const schemeGroups = ["journey", "value", "behaviour", "attributes", "own", "audiences"] as const;
export type SchemeGroup = (typeof schemeGroups)[number];

const shipped: Readonly<Record<string, SchemeGroup>> = {
  journey: "journey",
  lifecycle: "journey",
  "high-ticket": "journey",
  funnel: "journey",
  rfm8: "value",
  "rfm8-bands": "value",
  rfm4: "value",
  value3: "value",
  frequency3: "value",
  pyramid: "value",
  groups4: "value",
  "spending-power": "value",
  engagement: "behaviour",
  level: "behaviour",
  plan: "behaviour",
  education: "behaviour",
  "retail-preference": "behaviour",
  "age-band": "attributes",
  gender: "attributes",
  "city-tier": "attributes",
  "income-band": "attributes",
};

export function groupOf({ id, isAudience }: SchemeDefinition): SchemeGroup {
  return isAudience ? "audiences" : (shipped[id] ?? "own");
}

/** The groups that have schemes, in their order, with these. */
export function grouped(schemes: readonly SchemeDefinition[]): ReadonlyMap<SchemeGroup, readonly SchemeDefinition[]> {
  const groups = new Map<SchemeGroup, readonly SchemeDefinition[]>();
  for (const group of schemeGroups) {
    const members = schemes.filter((scheme) => groupOf(scheme) === group);
    if (members.length > 0) groups.set(group, members);
  }
  return groups;
}

const storageKey = "grid.schemeGroup";

/** The group that the overview is narrowed to, null for all; the browser remembers it. */
export function chosenGroup(): Cell<SchemeGroup | null> {
  const cell = new Cell<SchemeGroup | null>(read());
  cell.subscribe((group) => {
    try {
      localStorage.setItem(storageKey, group ?? "");
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
  });
  return cell;
}

function read(): SchemeGroup | null {
  try {
    const value = localStorage.getItem(storageKey);
    return schemeGroups.find((group) => group === value) ?? null;
  } catch {
    return null;
  }
}
