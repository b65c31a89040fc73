using Grid.Model;

namespace Grid.Server.Configuration;

/// <summary>The settings of a server, from the section <c>Grid</c> of its configuration and from the command line.</summary>
internal sealed class GridOptions
{
    /// <summary>The folder of the ledger's file; made when it does not exist.</summary>
    public string Data { get; set; } = "data";

    /// <summary>The address to listen on.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:5080";

    /// <summary>Keys that clients write and read with. Without any, only a loopback address is listened on.</summary>
    public IList<string> Keys { get; set; } = [];

    /// <summary>
    /// Names that the server is called by, also as <c>*.example.com</c>, besides those of the loopback interface. None: those only without
    /// keys, every name with keys.
    /// </summary>
    public IList<string> AllowedHosts { get; set; } = [];

    /// <summary>Origins such as <c>https://shop.example</c> whose pages may send events, or <c>*</c>; nothing else is open to them.</summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>A folder of scheme files (*.yaml); null: those shipped.</summary>
    public string? Schemes { get; set; }

    /// <summary>A file that maps a brand's own event names; null: the standard names only.</summary>
    public string? Mapping { get; set; }

    /// <summary>ISO 4217 code of the one currency.</summary>
    public string Currency { get; set; } = "CNY";

    /// <summary>Decimals of the currency's minor unit.</summary>
    public int CurrencyMinorUnits { get; set; } = 2;

    /// <summary>Customers kept in memory; beyond this the longest idle leave. About 4.5 kB each with ten orders.</summary>
    public int ResidentCustomersMax { get; set; } = 2_000_000;

    /// <summary>A customer idle for this long leaves the memory.</summary>
    public TimeSpan IdleAge { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Grid time between two computations of the baseline; zero: none but at the end of a replay.</summary>
    public TimeSpan BaselineInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>An Npgsql connection string: the ledger is in PostgreSQL; null: in a file of the folder <see cref="Data"/>.</summary>
    public string? Postgres { get; set; }

    /// <summary>Writers of each process, and lanes of the log; fixed when the database is new.</summary>
    public int PostgresLanes { get; set; } = 2;

    /// <summary>Whether processes tell each other of commits at once; false behind a pool that hands out connections per transaction.</summary>
    public bool PostgresNotify { get; set; } = true;

    /// <summary>How this process meets others.</summary>
    public GridClusterOptions Cluster { get; set; } = new();

    /// <summary>Whether the customers are a demo's; set by the command, not by the configuration.</summary>
    public bool IsDemo { get; set; }

    /// <summary>Whether the ledger must be of the kind that the command writes; set by the command.</summary>
    public LedgerReads Reads { get; set; }

    public Currency ToCurrency() => new(Currency, CurrencyMinorUnits);
}

/// <summary>What a command asks of the ledger it finds.</summary>
internal enum LedgerReads
{
    /// <summary>That it is of the command's own kind and currency.</summary>
    ItsOwn,

    /// <summary>Nothing: it is looked at, whatever it holds.</summary>
    AsItIs,
}
