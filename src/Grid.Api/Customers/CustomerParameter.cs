using Grid.Model.Customers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grid.Api.Customers;

/// <summary>
/// The customer that an address names. In a path the id is read by the rule of the ways in; as <c>?id=</c> it is taken as it is stored, so
/// that ids which no path can hold (<c>.</c>, <c>..</c>), or which that rule would change or refuse, are reached as well.
/// </summary>
internal static class CustomerParameter
{
    private const string Before = "/v1/customers/";

    /// <summary>Null when there can be no such customer.</summary>
    public static CustomerId? Read(HttpContext http, string? id)
    {
        if (id is null) return null;
        if (!http.Request.RouteValues.ContainsKey(nameof(id))) return CustomerId.Fault(id) is null ? new CustomerId(id) : null;

        // The server leaves an encoded slash as it is and decodes everything else, after which the two are the same.
        if (id.Contains("%2f", StringComparison.OrdinalIgnoreCase)) id = AsWritten(http) ?? id;
        return CustomerId.Read(id, out var customer) is null ? customer : null;
    }

    private static string? AsWritten(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0] ?? string.Empty;
        var start = target.IndexOf(Before, StringComparison.OrdinalIgnoreCase);
        return start < 0 ? null : Uri.UnescapeDataString(target[(start + Before.Length)..].Split('/')[0]);
    }
}
