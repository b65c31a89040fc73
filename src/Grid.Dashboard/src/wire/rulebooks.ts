import type { Instant, Name } from "./names";

export interface RulebookEntry {
  readonly number: number;
  readonly publishedAt: Instant;
  readonly author: string;
  readonly note: string | null;
  readonly origin: "files" | "api";
  readonly files: readonly string[];
  readonly schemes: readonly string[];
}

/** How far the population has moved to the rulebook in force. */
export interface Sweep {
  readonly complete: boolean;
  readonly customers: number;
  readonly moved: number;
  readonly byRulebook: readonly { readonly rulebook: number; readonly customers: number }[];
}

export interface Rulebooks {
  readonly inForce: number;
  readonly sweep: Sweep;
  /** The latest first. */
  readonly history: readonly RulebookEntry[];
}

export interface RulebookFile {
  readonly file: string;
  readonly yaml: string;
}

export interface RulebookContent {
  readonly rulebook: RulebookEntry;
  readonly files: readonly RulebookFile[];
}

/** Body of a preview or a publication: files that replace the one with the same id, or join those in force. */
export interface RulebookRequest {
  readonly replace?: readonly RulebookFile[];
  readonly remove?: readonly string[];
  readonly author?: string;
  readonly note?: string;
}

export interface Fault {
  /** `file:line:column`. */
  readonly place: string;
  readonly message: Name;
}

export interface Lint {
  readonly publishable: boolean;
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
}

export interface Published {
  readonly rulebook: number;
  /** False when these files were in force already. */
  readonly isNew: boolean;
  readonly warnings: readonly Fault[];
}
