using Grid.Model;

namespace Grid.Server.Configuration;

/// <summary>The settings of a server, from the section <c>Grid</c> of its configuration and from the command line.</summary>
internal sealed class GridOptions
{
    /// <summary>The folder of the ledger's file; made when it does not exist.</summary>
    public string Data { get; set; } = "data";

    /// <summary>The address to listen on.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:5080";

    /// <summary>Keys for writing and reading. Without keys the server listens only on a loopback address.</summary>
    public IList<string> Keys { get; set; } = [];

    /// <summary>
    /// Host names of the server, also as <c>*.example.com</c>, besides those of the loopback interface. Empty: without keys only those of the
    /// loopback interface, with keys every name.
    /// </summary>
    public IList<string> AllowedHosts { get; set; } = [];

    /// <summary>
    /// Origins such as <c>https://shop.example</c> whose pages may send events, or <c>*</c>; they may use nothing else. Empty: with keys those of
    /// every site, without keys none.
    /// </summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>Whether ids that are placeholders for a missing id are rejected.</summary>
    public bool RejectPlaceholderIds { get; set; } = true;

    /// <summary>The placeholders, instead of the usual ones such as <c>undefined</c>. Empty: the usual ones.</summary>
    public IList<string> PlaceholderIds { get; set; } = [];

    /// <summary>A folder of scheme files (*.yaml); null: the shipped ones.</summary>
    public string? Schemes { get; set; }

    /// <summary>A file that maps a brand's own event names; null: the standard names only.</summary>
    public string? Mapping { get; set; }

    /// <summary>ISO 4217 code of the one currency.</summary>
    public string Currency { get; set; } = "CNY";

    /// <summary>Decimals of the currency's minor unit.</summary>
    public int CurrencyMinorUnits { get; set; } = 2;

    /// <summary>Customers kept in memory; beyond this those idle longest are deactivated. About 4.5 kB each with ten orders.</summary>
    public int ResidentCustomersMax { get; set; } = 2_000_000;

    /// <summary>A customer idle for this long is deactivated.</summary>
    public TimeSpan IdleAge { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Grid time between two computations of the baseline; zero: only at the end of a replay.</summary>
    public TimeSpan BaselineInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>An Npgsql connection string: the ledger is in PostgreSQL; null: in a file of the folder <see cref="Data"/>.</summary>
    public string? Postgres { get; set; }

    /// <summary>Writers of each process, and lanes of the log; fixed when the database is new.</summary>
    public int PostgresLanes { get; set; } = 2;

    /// <summary>Whether processes notify each other of commits at once; set to false behind a pool that lends connections per transaction.</summary>
    public bool PostgresNotify { get; set; } = true;

    /// <summary>The cluster settings of this process.</summary>
    public GridClusterOptions Cluster { get; set; } = new();

    /// <summary>Whether the customers are simulated ones of a demo; set by the command, not by the configuration.</summary>
    public bool IsDemo { get; set; }

    /// <summary>What the command requires of the ledger; set by the command.</summary>
    public LedgerReads Reads { get; set; }

    public Currency ToCurrency() => new(Currency, CurrencyMinorUnits);
}

/// <summary>What a command requires of an existing ledger.</summary>
internal enum LedgerReads
{
    /// <summary>The ledger must have the command's own kind and currency.</summary>
    ItsOwn,

    /// <summary>No requirement: the command only reads the ledger.</summary>
    AsItIs,
}
