import type { Cause, Instant } from "./names";

export type Direction = "upgrade" | "downgrade" | "change" | "entry" | "exit";

export interface Transition {
  readonly position: string;
  readonly customer: string;
  readonly scheme: string;
  readonly from: string | null;
  /** Null when the customer left the scheme. */
  readonly to: string | null;
  readonly direction: Direction;
  readonly cause: Cause;
  readonly effectiveAt: Instant;
  readonly recordedAt: Instant;
}

export interface TransitionsFrame {
  readonly position: string;
  /** How many transitions a retention limit cut from the log before they could be read. */
  readonly skipped: number;
  readonly items: readonly Transition[];
}

export interface TransitionFilter {
  readonly scheme?: string;
  readonly layer?: string;
  readonly direction?: Direction;
  readonly customer?: string;
}
