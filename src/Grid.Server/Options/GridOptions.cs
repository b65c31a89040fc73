using System.Net;
using Grid.Model;
using Grid.Server.Hosting;

namespace Grid.Server.Options;

/// <summary>The settings of a server, from the section <c>Grid</c> of its configuration and from the command line.</summary>
internal sealed class GridOptions
{
    /// <summary>How often Orleans looks for idle grains.</summary>
    private static readonly TimeSpan IdleAgeMin = TimeSpan.FromMinutes(1);

    /// <summary>The folder of the ledger's file; created when it does not exist.</summary>
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

    /// <summary>Origins such as <c>https://shop.example</c> whose pages may send events, or <c>*</c>; they may use nothing else.</summary>
    public IList<string> AllowedOrigins { get; set; } = [];

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

    /// <summary>The first mistake, with what to set instead; null when all settings are valid.</summary>
    public string? Fault()
    {
        if (!Uri.TryCreate(Listen, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return $"--listen is '{Listen}', which is no address such as http://127.0.0.1:5080";
        if (Keys.Any(string.IsNullOrWhiteSpace)) return "--key is empty; a key has at least one character";
        if (Keys.Count == 0 && !IsLoopback(address.Host))
            return $"--listen {Listen} is open to others, so keys are needed: add --key, or listen on 127.0.0.1";
        if (AllowedHosts.FirstOrDefault(host => !IsHost(host)) is { } name)
            return $"AllowedHosts names '{name}', which is no host such as grid.example.com; leave scheme and port out";
        if (AllowedOrigins.FirstOrDefault(origin => !IsOrigin(origin)) is { } mistaken)
            return $"AllowedOrigins names '{mistaken}', which is no origin such as https://shop.example; it has a scheme and no path";
        if (Currency.Length != 3 || !Currency.All(char.IsAsciiLetterUpper)) return $"--currency is '{Currency}', which is no ISO 4217 code such as CNY";
        if (CurrencyMinorUnits is < 0 or > 4) return $"CurrencyMinorUnits is {CurrencyMinorUnits}; it is from 0 to 4";
        if (ResidentCustomersMax < 1) return $"ResidentCustomersMax is {ResidentCustomersMax}; it is at least 1";
        if (IdleAge <= IdleAgeMin) return $"IdleAge is {IdleAge}; it is more than {IdleAgeMin}";
        if (BaselineInterval < TimeSpan.Zero) return $"BaselineInterval is {BaselineInterval}; it is zero or more";
        if (Schemes is not null && !Directory.Exists(Schemes)) return $"--schemes {Schemes}: there is no such folder";
        if (Postgres is not null && GridLedger.Fault(Postgres) is { } unreadable) return unreadable;
        if (PostgresLanes is < 1 or > 4) return $"PostgresLanes is {PostgresLanes}; it is from 1 to 4";
        if (Cluster.Fault() is { } fault) return fault;
        return Mapping is not null && !File.Exists(Mapping) ? $"--mapping {Mapping}: there is no such file" : null;
    }

    private static bool IsHost(string text) =>
        Uri.CheckHostName(text.Trim('[', ']').Replace("*", "x", StringComparison.Ordinal)) != UriHostNameType.Unknown;

    private static bool IsOrigin(string text) =>
        text == "*" || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == text);

    private static bool IsLoopback(string host) =>
        host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}

/// <summary>What a command requires of an existing ledger.</summary>
internal enum LedgerReads
{
    /// <summary>The ledger must have the command's own kind and currency.</summary>
    ItsOwn,

    /// <summary>No requirement: the command only reads the ledger.</summary>
    AsItIs,
}
