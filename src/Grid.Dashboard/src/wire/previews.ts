import type { Instant, MinorUnits, Name } from "./names";
import type { Fault } from "./rulebooks";

export interface Progress {
  /** Customers visited so far, over all scans. */
  readonly done: number;
  readonly total: number;
}

export interface PreviewedCustomer {
  readonly customer: string;
  /** Why the new rulebook puts the customer there. */
  readonly reason: { readonly text: Name };
}

export interface PreviewedCell {
  /** Null for customers who enter the scheme. */
  readonly from: string | null;
  /** Null for customers who leave the scheme. */
  readonly to: string | null;
  readonly customers: number;
  readonly revenue: MinorUnits;
  /** Of the last 365 days. */
  readonly revenueOfYear: MinorUnits;
  readonly examples: readonly PreviewedCustomer[];
}

export interface PreviewedScheme {
  readonly scheme: string;
  readonly change: "new" | "gone" | "changed" | "unchanged";
  readonly moved: number;
  /** Lowest rank first, those that only the rulebook in force has come last; null where there is no such layer. */
  readonly layers: readonly { readonly layer: string; readonly before: number | null; readonly after: number | null }[];
  readonly cells: readonly PreviewedCell[];
}

/** What publishing a draft would do, exact over all customers. */
export interface Preview {
  readonly rulebook: number;
  readonly inForce: number;
  readonly position: string;
  readonly asOf: Instant;
  readonly customers: number;
  readonly schemes: readonly PreviewedScheme[];
  /** Ids of the schemes in which every customer keeps its layer. */
  readonly unchanged: readonly string[];
  readonly warnings: readonly Fault[];
}

/** A line of an answer that takes some seconds: progress at first, the result last. */
export type ProgressLine<T> = { readonly progress: Progress } | { readonly result: T };
