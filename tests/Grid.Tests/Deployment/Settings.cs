using Grid.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace Grid.Tests.Deployment;

/// <summary>The options that a server would read from an environment.</summary>
internal static class Settings
{
    private static readonly string[] OfTheRuntime = ["ASPNETCORE_HTTP_PORTS"];

    /// <summary>What a server would say of these settings.</summary>
    public static IEnumerable<string> MistakesOf(GridOptions options) => new GridOptionsValidator().Validate(null, options).Failures ?? [];

    /// <summary>Binds the environment as a server does, but takes no name that it does not know.</summary>
    /// <exception cref="InvalidOperationException">A name or the type of a value is unknown.</exception>
    public static GridOptions Parse(IEnumerable<KeyValuePair<string, string>> environment)
    {
        var given = environment.ToList();
        var stray = given.Select(pair => pair.Key).Where(name => !name.StartsWith("Grid__", StringComparison.Ordinal)).Except(OfTheRuntime).ToList();
        if (stray.Count > 0) throw new InvalidOperationException($"No server reads {string.Join(", ", stray)}.");
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(given.Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":"), (string?)pair.Value)))
            .Build();
        var options = new GridOptions();
        settings.GetSection("Grid").Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        return options;
    }
}
