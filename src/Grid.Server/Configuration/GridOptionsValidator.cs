using System.Net;
using Grid.Model.Customers;
using Grid.Server.Hosting;
using Microsoft.Extensions.Options;

namespace Grid.Server.Configuration;

/// <summary>Finds everything wrong with the settings of a server, in words that say what to set instead.</summary>
internal sealed class GridOptionsValidator : IValidateOptions<GridOptions>
{
    private const int PortMax = 65_535;
    private const int ClusterIdCharactersMax = 150;

    /// <summary>How often Orleans looks for idle grains.</summary>
    private static readonly TimeSpan IdleAgeMin = TimeSpan.FromMinutes(1);

    /// <exception cref="ConfigurationException">A line for each mistake.</exception>
    public static void Check(GridOptions options)
    {
        var result = new GridOptionsValidator().Validate(null, options);
        if (result.Failed) throw new ConfigurationException(string.Join(Environment.NewLine, result.Failures));
    }

    public ValidateOptionsResult Validate(string? name, GridOptions options)
    {
        var mistakes = Addresses(options).Concat(Amounts(options)).Concat(Limits(options)).Concat(Ids(options)).Concat(Places(options))
            .Concat(Cluster(options.Cluster)).ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Addresses(GridOptions options)
    {
        var isAddress = Uri.TryCreate(options.Listen, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        if (!isAddress) yield return $"--listen is '{options.Listen}', which is no address such as http://127.0.0.1:5080";
        if (options.Keys.Any(string.IsNullOrWhiteSpace)) yield return "--key is empty; a key has at least one character";
        if (isAddress && options.Keys.Count == 0 && !IsLoopback(address!.Host))
            yield return $"--listen {options.Listen} is open to others, so keys are needed: add --key, or listen on 127.0.0.1";
        foreach (var host in options.AllowedHosts.Where(host => !IsHost(host)))
            yield return $"AllowedHosts names '{host}', which is no host such as grid.example.com; leave scheme and port out";
        foreach (var origin in options.AllowedOrigins.Where(origin => !IsOrigin(origin)))
            yield return $"AllowedOrigins names '{origin}', which is no origin such as https://shop.example; it has a scheme and no path";
    }

    private static IEnumerable<string> Amounts(GridOptions options)
    {
        if (options.Currency.Length != 3 || !options.Currency.All(char.IsAsciiLetterUpper))
            yield return $"--currency is '{options.Currency}', which is no ISO 4217 code such as CNY";
        if (options.CurrencyMinorUnits is < 0 or > 4) yield return $"CurrencyMinorUnits is {options.CurrencyMinorUnits}; it is from 0 to 4";
    }

    private static IEnumerable<string> Limits(GridOptions options)
    {
        if (options.ResidentCustomersMax < 1) yield return $"ResidentCustomersMax is {options.ResidentCustomersMax}; it is at least 1";
        if (options.IdleAge <= IdleAgeMin) yield return $"IdleAge is {options.IdleAge}; it is more than {IdleAgeMin}";
        if (options.BaselineInterval < TimeSpan.Zero) yield return $"BaselineInterval is {options.BaselineInterval}; it is zero or more";
    }

    private static IEnumerable<string> Ids(GridOptions options)
    {
        if (options.PlaceholderIds.Any(id => IdText.Trim(id).IsEmpty))
            yield return "PlaceholderIds has a blank entry; blank ids are always rejected. RejectPlaceholderIds=false accepts every other id";
        if (!options.RejectPlaceholderIds && options.PlaceholderIds.Count > 0)
            yield return "PlaceholderIds is set and RejectPlaceholderIds is false; set one of them";
    }

    private static IEnumerable<string> Places(GridOptions options)
    {
        if (options.Schemes is not null && !Directory.Exists(options.Schemes)) yield return $"--schemes {options.Schemes}: there is no such folder";
        if (options.Mapping is not null && !File.Exists(options.Mapping)) yield return $"--mapping {options.Mapping}: there is no such file";
        if (options.Postgres is not null && GridLedger.Fault(options.Postgres) is { } unreadable) yield return unreadable;
        if (options.PostgresLanes is < 1 or > 4) yield return $"PostgresLanes is {options.PostgresLanes}; it is from 1 to 4";
    }

    private static IEnumerable<string> Cluster(GridClusterOptions cluster)
    {
        if (string.IsNullOrWhiteSpace(cluster.Id) || cluster.Id.Length > ClusterIdCharactersMax)
            yield return $"Cluster:Id is empty or longer than {ClusterIdCharactersMax} characters";
        if (cluster.SiloPort is < 1 or > PortMax) yield return $"Cluster:SiloPort is {cluster.SiloPort}; it is from 1 to {PortMax}";
        if (cluster.GatewayPort is < 1 or > PortMax) yield return $"Cluster:GatewayPort is {cluster.GatewayPort}; it is from 1 to {PortMax}";
        if (cluster.AdvertisedAddress is { } advertised && !IPAddress.TryParse(advertised, out _))
            yield return $"Cluster:AdvertisedAddress is '{advertised}', which is no IP address";
    }

    private static bool IsHost(string text) =>
        Uri.CheckHostName(text.Trim('[', ']').Replace("*", "x", StringComparison.Ordinal)) != UriHostNameType.Unknown;

    private static bool IsOrigin(string text) =>
        text == "*" || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == text);

    private static bool IsLoopback(string host) =>
        host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
