import { api } from "./connection/api";
import { Session } from "./connection/session";
import { Limits } from "./limits";
import { preferredLanguage, type Language } from "./locales/language";
import { currentRoute, type Route } from "./route";
import { Catalog } from "./store/catalog";
import { Cell } from "./store/cell";
import { Feed } from "./store/feed";
import { Draft } from "./store/draft";
import { chosenGroup, type SchemeGroup } from "./store/schemeGroups";
import { SegmentStore } from "./store/segments";
import { Trial } from "./store/trial";
import type { SegmentsFrame } from "./wire/segments";
import type { TransitionFilter, TransitionsFrame } from "./wire/transitions";

/** The state that the views read. Frames flow in from the session; views change only filter, language and route. */
export interface Model {
  readonly session: Session;
  readonly catalog: Cell<Catalog | null>;
  readonly segments: SegmentStore;
  readonly feed: Feed;
  readonly filter: Cell<TransitionFilter>;
  readonly language: Cell<Language>;
  readonly route: Cell<Route>;
  /** The chosen filter of the overview; null for everything. */
  readonly group: Cell<SchemeGroup | null>;
  readonly draft: Draft;
  readonly trial: Trial;
  /** Requests the rulebook in force, because it may have changed. */
  readonly refreshCatalog: () => Promise<boolean>;
}

export function createModel(): Model {
  const catalog = new Cell<Catalog | null>(null);
  const segments = new SegmentStore();
  const feed = new Feed();
  const filter = new Cell<TransitionFilter>({});

  const loadCatalog = async (): Promise<boolean> => {
    const answer = await api.schemes();
    if (answer.kind !== "ok") return false;
    const same = catalog.value !== null && JSON.stringify(catalog.value.list) === JSON.stringify(answer.value);
    if (!same) catalog.set(new Catalog(answer.value));
    return true;
  };

  const session = new Session(loadCatalog);
  const askAgain = atMostEvery(Limits.CatalogRefreshMilliseconds, () => void loadCatalog());
  session.subscribe<SegmentsFrame>({
    target: "Segments",
    parameters: () => [null],
    onFrame: (frame) => {
      segments.apply(frame, Date.now());
      // A rulebook published meanwhile may bring schemes and layers that have no name here yet.
      if (mentionsUnknown(frame, catalog.value)) askAgain();
    },
  });
  followTransitions(session, feed, filter, (frame) => {
    if (namesLaterRulebook(frame, catalog.value)) askAgain();
  });

  return {
    session,
    catalog,
    segments,
    feed,
    filter,
    language: new Cell(preferredLanguage()),
    route: currentRoute(),
    group: chosenGroup(),
    draft: new Draft(),
    trial: new Trial((replace, onProgress, signal) => api.preview({ replace }, onProgress, signal)),
    refreshCatalog: loadCatalog,
  };
}

function followTransitions(
  session: Session,
  feed: Feed,
  filter: Cell<TransitionFilter>,
  onFrame: (frame: TransitionsFrame) => void,
): void {
  const start = () =>
    session.subscribe<TransitionsFrame>({
      target: "Transitions",
      parameters: () => [Object.keys(filter.value).length === 0 ? null : filter.value, feed.position],
      onFrame: (frame) => {
        feed.apply(frame, Date.now());
        onFrame(frame);
      },
      onRefused: (times) => {
        // The position may belong to a log that is no longer served.
        if (times >= Limits.RefusalsOfOnePosition && feed.position !== null) feed.reset();
      },
    });
  let stop = start();
  filter.subscribe(() => {
    stop();
    feed.reset();
    stop = start();
  });
}

/** Names, bounds and playbooks may have changed where no layer did. */
function namesLaterRulebook(frame: TransitionsFrame, catalog: Catalog | null): boolean {
  if (catalog === null) return false;
  return frame.items.some(({ cause }) => cause.kind === "rulebook" && (cause.number ?? 0) > catalog.rulebook);
}

function mentionsUnknown(frame: SegmentsFrame, catalog: Catalog | null): boolean {
  if (catalog === null) return false;
  return frame.kind === "snapshot"
    ? frame.schemes.some(({ scheme, counts }) => counts.some(({ layer }) => !catalog.knows(scheme, layer)))
    : frame.changes.some(({ scheme, layer }) => !catalog.knows(scheme, layer));
}

function atMostEvery(milliseconds: number, action: () => void): () => void {
  let last = -Infinity;
  return () => {
    const now = Date.now();
    if (now - last < milliseconds) return;
    last = now;
    action();
  };
}
