import type { Cause, Instant, MinorUnits, Name } from "./names";

export interface Order {
  readonly orderId: string;
  readonly at: Instant;
  readonly amount: MinorUnits;
  readonly refunded: MinorUnits;
  readonly cancelledAt: Instant | null;
  readonly category: string | null;
  readonly channel: string | null;
  readonly quantity: number;
}

export interface Refund {
  readonly orderId: string | null;
  readonly at: Instant;
  /** Null for a refund of the rest of its order. */
  readonly amount: MinorUnits | null;
  readonly counted: MinorUnits;
  /** False: the customer has no such order. */
  readonly hasOrder: boolean;
  /** Pieces returned; null when no products are named. */
  readonly pieces: number | null;
}

export interface CustomerLayer {
  readonly scheme: string;
  readonly layer: string;
  readonly since: Instant;
  readonly from: string | null;
  readonly cause: Cause;
  readonly nextAt: Instant | null;
  /** A downgrade that the scheme's grace or minimum stay delays. */
  readonly pending: { readonly layer: string; readonly since: Instant; readonly takesEffectAt: Instant } | null;
}

export interface CustomerView {
  readonly id: string;
  readonly version: number;
  readonly asOf: Instant;
  readonly joinedAt: Instant;
  /** Since when facts are kept one by one; null when all of them are. */
  readonly detailSince: Instant | null;
  /** Since when interactions and views are known by the quarter of an hour; null when all of them are. */
  readonly quartersSince: Instant | null;
  readonly nextDeadline: Instant | null;
  readonly tags: readonly { readonly name: string; readonly at: Instant; readonly expiresAt: Instant | null }[];
  /** Tags that hold exactly while their rule does. */
  readonly derivedTags: readonly { readonly tag: string; readonly name: Name }[];
  readonly traits: readonly { readonly name: string; readonly value: string | number | boolean; readonly at: Instant }[];
  readonly totals: {
    readonly orders: number;
    readonly spend: MinorUnits;
    readonly refunds: MinorUnits;
    readonly points: number;
  };
  /** Newest first. */
  readonly orders: readonly Order[];
  readonly refunds: readonly Refund[];
  readonly interactions: readonly { readonly kind: string; readonly hour: Instant; readonly count: number }[];
  readonly browses: readonly {
    readonly category: string;
    readonly hour: Instant;
    readonly count: number;
    readonly dwellSeconds: number;
  }[];
  readonly metrics: readonly { readonly name: string; readonly value: string }[];
  readonly layers: readonly CustomerLayer[];
}

export interface Condition {
  readonly kind: "all" | "any" | "not" | "comparison";
  readonly text: string;
  readonly holds: boolean;
  readonly actual: string | null;
  readonly children: readonly Condition[];
}

export interface Score {
  readonly value: string;
  readonly score: number;
  readonly high: boolean;
  /** The bounds of scores 2, 3, 4 and 5. */
  readonly cuts: readonly string[];
}

export interface Scores {
  readonly scored: boolean;
  /** How many customers were scored. */
  readonly n: number;
  readonly recency: Score | null;
  readonly frequency: Score | null;
  readonly monetary: Score | null;
}

export interface OtherLayer {
  readonly layer: string;
  readonly condition: Condition | null;
  readonly missing: readonly { readonly text: Name }[];
}

export interface Explanation {
  readonly customer: string;
  readonly scheme: string;
  readonly layer: string;
  readonly asOf: Instant;
  readonly rulebook: number;
  readonly baseline: number | null;
  /** Null when the last rule decided, because no rule above it holds. */
  readonly decidedBy: Condition | null;
  readonly scores: Scores | null;
  readonly others: readonly OtherLayer[];
}

export interface Forecast {
  readonly customer: string;
  readonly asOf: Instant;
  readonly transitions: readonly {
    readonly at: Instant;
    readonly scheme: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  /** False when the forecast was cut at its limit. */
  readonly complete: boolean;
}
