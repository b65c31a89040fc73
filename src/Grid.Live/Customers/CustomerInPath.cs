using Grid.Model.Customers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grid.Live.Customers;

/// <summary>The customer that an address names.</summary>
internal static class CustomerInPath
{
    private const string Before = "/v1/customers/";

    /// <summary>Null when there can be no such customer.</summary>
    public static CustomerId? Read(HttpContext http, string id)
    {
        // The server leaves an encoded slash as it is and decodes everything else, after which the two cannot be told apart.
        if (id.Contains("%2f", StringComparison.OrdinalIgnoreCase)) id = AsWritten(http) ?? id;
        return CustomerId.Fault(id) is null ? new CustomerId(id) : null;
    }

    private static string? AsWritten(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0] ?? string.Empty;
        var start = target.IndexOf(Before, StringComparison.OrdinalIgnoreCase);
        return start < 0 ? null : Uri.UnescapeDataString(target[(start + Before.Length)..].Split('/')[0]);
    }
}
