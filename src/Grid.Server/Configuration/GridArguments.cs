using System.CommandLine;
using Grid.Server.Hosting;

namespace Grid.Server.Configuration;

/// <summary>The options that all commands share; they override the configuration (environment <c>Grid__Data</c> and so on).</summary>
internal sealed class GridArguments
{
    public Option<string?> Data { get; } = new("--data") { Description = "Folder of the ledger (default: data)." };

    public Option<string?> Postgres { get; } = new("--postgres") { Description = "Connection string of PostgreSQL (default: a file in --data)." };

    public Option<string?> Listen { get; } = new("--listen") { Description = "Address to listen on (default: http://127.0.0.1:5080)." };

    public Option<string[]> Keys { get; } = new("--key") { Description = "Key that clients must send; may be repeated." };

    public Option<string?> Schemes { get; } = new("--schemes") { Description = "Folder of scheme files (default: those shipped)." };

    public Option<string?> Mapping { get; } = new("--mapping") { Description = "File that maps a brand's own event names." };

    public Option<string?> Currency { get; } = new("--currency")
    {
        Description = "ISO 4217 code of the currency of a new ledger (default: CNY); its decimals follow from it.",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Data, Postgres, Listen, Keys, Schemes, Mapping, Currency }) command.Add(option);
    }

    /// <param name="arguments">The arguments of the command line.</param>
    /// <param name="defaults">The command's own defaults; the configuration and the command line override them.</param>
    public GridOptions Read(ParseResult arguments, GridOptions? defaults = null)
    {
        var options = defaults ?? new GridOptions();
        Configure(options);
        options.Data = arguments.GetValue(Data) ?? options.Data;
        options.Postgres = arguments.GetValue(Postgres) ?? options.Postgres;
        options.Listen = arguments.GetValue(Listen) ?? options.Listen;
        options.Schemes = arguments.GetValue(Schemes) ?? options.Schemes;
        options.Mapping = arguments.GetValue(Mapping) ?? options.Mapping;
        options.Currency = arguments.GetValue(Currency) ?? options.Currency;
        foreach (var key in arguments.GetValue(Keys) ?? []) options.Keys.Add(key);
        return options;
    }

    private static void Configure(GridOptions options)
    {
        var settings = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath("grid.json"), optional: true).AddEnvironmentVariables().Build();
        try
        {
            var section = settings.GetSection("Grid");
            Refuse(Unknown(section, typeof(GridOptions)).Concat(Unknown(section.GetSection(nameof(GridOptions.Cluster)), typeof(GridClusterOptions))));
            section.Bind(options);
        }
        catch (InvalidOperationException mistake)
        {
            // A value of the wrong type; the message names the setting and the value.
            throw new ConfigurationException(mistake.Message);
        }
    }
    /// <summary>Settings that no server reads: a misspelled name would be ignored.</summary>
    private static IEnumerable<string> Unknown(IConfigurationSection section, Type options) => section.GetChildren()
        .Where(setting => !Array.Exists(options.GetProperties(), property => property.Name.Equals(setting.Key, StringComparison.OrdinalIgnoreCase)))
        .Select(setting => setting.Path);

    private static void Refuse(IEnumerable<string> unknown)
    {
        var mistakes = unknown.Select(path => $"{path} is no setting of this server; deploy/runbook.md lists them").ToList();
        if (mistakes.Count > 0) throw new ConfigurationException(string.Join(Environment.NewLine, mistakes));
    }
}
