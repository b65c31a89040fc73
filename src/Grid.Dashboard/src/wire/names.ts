/** Types that all messages share. Instants are ISO-8601 in UTC, money is in minor units. */

export type Instant = string;
export type MinorUnits = number;

export interface Name {
  readonly zh: string;
  readonly en: string;
}

export interface Currency {
  readonly code: string;
  readonly minorUnits: number;
}

export interface Cause {
  readonly kind: "event" | "late-event" | "time" | "baseline" | "rulebook" | "erasure";
  /** The number of the baseline or of the rulebook; otherwise null. */
  readonly number: number | null;
}

export interface Problem {
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  /** Of a rulebook that was refused. */
  readonly faults?: readonly { readonly place: string; readonly message: Name }[];
}
