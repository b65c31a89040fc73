import type { Currency, Instant, MinorUnits, Name } from "./names";

/** Shares from 0 to 1, both inside. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

export interface LayerDefinition {
  readonly id: string;
  readonly rank: number;
  readonly name: Name;
  /** Who is in the layer, made from its rules. */
  readonly rule: Name;
  readonly playbook: Name | null;
  /** Whether the layer holds lapsed customers. */
  readonly lapsed: boolean;
  readonly guidance: { readonly customers: Band | null; readonly revenue: Band | null } | null;
}

export interface SchemeDefinition {
  readonly id: string;
  readonly name: Name;
  /** Written by hand, beside the rule. */
  readonly description: Name | null;
  /** How the scheme scores, counts days and delays, made from its file. Empty for a scheme of conditions only. */
  readonly rule: Name;
  readonly isAudience: boolean;
  /** Whether the layers have ranks. */
  readonly isOrdered: boolean;
  /** Lowest rank first when they have ranks. */
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

export interface HeldBand extends Band {
  /** Null when the whole is 0, so that there is no share. */
  readonly holds: boolean | null;
}

export interface LayerValue {
  readonly layer: string;
  readonly members: number;
  readonly share: number | null;
  readonly revenue: MinorUnits;
  readonly revenueShare: number | null;
  readonly orders: number;
  readonly averageOrderValue: MinorUnits | null;
  /** Milliseconds. */
  readonly medianOrderInterval: number | null;
  readonly membersWithInterval: number;
  readonly guidance: { readonly customers: HeldBand | null; readonly revenue: HeldBand | null } | null;
}

export interface SegmentValue {
  readonly window: string;
  readonly asOf: Instant;
  readonly population: number;
  readonly revenue: MinorUnits;
  readonly orders: number;
  readonly layers: readonly LayerValue[];
  /** The customers who spent most, ties included. */
  readonly top: {
    readonly percent: number;
    readonly buyers: number;
    readonly withTies: number;
    readonly threshold: MinorUnits | null;
    readonly revenue: MinorUnits;
    readonly revenueShare: number | null;
  };
}

export interface FlowSeries {
  readonly per: FlowSpan;
  readonly keptFrom: Instant;
  /** When each span begins, the earliest first. */
  readonly starts: readonly Instant[];
  readonly series: readonly {
    readonly from: string | null;
    readonly to: string | null;
    readonly total: number;
    readonly counts: readonly number[];
  }[];
}

export interface Migration {
  readonly from: Instant;
  readonly to: Instant;
  readonly retention: number | null;
  readonly recall: number | null;
  readonly layers: readonly {
    readonly layer: string;
    readonly lapsed: boolean;
    readonly before: number;
    readonly after: number;
    readonly retention: number | null;
  }[];
  readonly arrivals: readonly { readonly to: string; readonly count: number }[];
  readonly departures: readonly { readonly from: string; readonly count: number }[];
  readonly matrix: readonly { readonly from: string; readonly to: string; readonly count: number }[];
}

/** The moves of customers if no event arrives. */
export interface SchemeForecast {
  readonly asOf: Instant;
  readonly until: Instant;
  /** The cut-offs that are held fixed; null where none are used. */
  readonly heldAgainst: string | null;
  /** Customers with more deadlines than the forecast's limit. */
  readonly cutShort: number;
  readonly starts: readonly Instant[];
  /** Lowest rank first; a number per span. */
  readonly layers: readonly {
    readonly layer: string;
    readonly count: number;
    readonly arrivals: readonly number[];
    readonly departures: readonly number[];
    readonly counts: readonly number[];
  }[];
  readonly series: FlowSeries["series"];
}
