/** Every bound of the page in one place; units are last in the names. */
export const Limits = {
  /** Older transitions leave the list; the log on the server keeps them. */
  FeedItems: 500,
  /** Positions remembered to recognise a transition that was sent twice. */
  FeedKeys: 2_000,
  /** How often the list is painted, however fast transitions arrive. */
  FeedPaintMilliseconds: 250,
  /** More new transitions than this between two paints are a flood: only the newest are painted until it ebbs. */
  FeedFloodRows: 40,
  FeedRateWindowSeconds: 10,
  CustomerHistoryItems: 50,

  /** Samples kept per scheme; beyond it the older half is thinned to every second sample. */
  HistorySamples: 1_200,
  HistorySampleMilliseconds: 1_000,
  SparklineMilliseconds: 180_000,
  PulseMilliseconds: 1_200,
  TrendMilliseconds: 60_000,
  RecentChartMilliseconds: 300_000,

  RetryFirstMilliseconds: 250,
  RetryMostMilliseconds: 5_000,
  /** The server sends a frame at least once a second; a connection silent for this long is given up. */
  SilenceMilliseconds: 12_000,
  /** A subscription refused this often at one position starts again without it. */
  RefusalsOfOnePosition: 3,
  RequestMilliseconds: 15_000,
  CustomerRefreshMilliseconds: 3_000,
  CatalogRefreshMilliseconds: 5_000,
  FlowRefreshMilliseconds: 3_000,
  /** The value of segments costs a scan of all customers, so the page requests it seldom. */
  ValueRefreshMilliseconds: 15_000,
  /** A migration reads the whole log. */
  MigrationRefreshMilliseconds: 60_000,
  ForecastRefreshMilliseconds: 60_000,
  FlowSeriesRefreshMilliseconds: 10_000,
  /** The pause after an answer that too many scans are running. */
  BusyMilliseconds: 5_000,
  /** The timeout of requests that read all customers or the whole log, and of publications. */
  PassMilliseconds: 120_000,
  /** The timeout of a preview, which scans all customers more than once. */
  TrialMilliseconds: 600_000,
  /** The longest line of a streamed answer; the result of a preview is one line. */
  LineCharacters: 64_000_000,
  /** Schemes of a preview that are shown expanded. */
  TrialSchemesOpen: 3,
  LintDelayMilliseconds: 400,
  SweepRefreshMilliseconds: 1_000,
  FaultsShown: 50,
  AuthorCharacters: 100,
  NoteCharacters: 500,
  RecentCustomers: 8,
} as const;
