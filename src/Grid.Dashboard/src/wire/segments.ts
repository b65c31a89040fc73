import type { Currency, Instant, Name } from "./names";

export interface LayerDefinition {
  readonly id: string;
  readonly rank: number;
  readonly name: Name;
  readonly playbook: Name | null;
}

export interface SchemeDefinition {
  readonly id: string;
  readonly name: Name;
  readonly description: Name | null;
  /** Lowest rank first. */
  readonly layers: readonly LayerDefinition[];
}

export interface SchemeList {
  readonly rulebook: number;
  readonly currency: Currency;
  readonly schemes: readonly SchemeDefinition[];
}

export interface LayerCount {
  readonly layer: string;
  readonly count: number;
}

export interface SegmentsSnapshot {
  readonly kind: "snapshot";
  readonly position: string;
  readonly asOf: Instant;
  readonly population: number;
  /** Seconds of the grid's clock per real second. */
  readonly speed: number;
  readonly schemes: readonly { readonly scheme: string; readonly counts: readonly LayerCount[] }[];
}

export interface SegmentsDelta {
  readonly kind: "delta";
  readonly position: string;
  readonly asOf: Instant;
  readonly population: number;
  /** The new counts, not differences. */
  readonly changes: readonly { readonly scheme: string; readonly layer: string; readonly count: number }[];
}

export type SegmentsFrame = SegmentsSnapshot | SegmentsDelta;

export interface Flow {
  /** Null for customers who were not in the scheme before. */
  readonly from: string | null;
  readonly to: string | null;
  readonly count: number;
}

export type FlowSpan = "minute" | "hour" | "day";

export interface SegmentDetail {
  readonly scheme: string;
  readonly asOf: Instant;
  readonly population: number;
  readonly flows: Readonly<Record<FlowSpan, readonly Flow[]>>;
}
