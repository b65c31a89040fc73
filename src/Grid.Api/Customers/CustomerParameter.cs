using Grid.Model.Customers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grid.Api.Customers;

/// <summary>
/// The customer in the address of a request. An id in the path is read by the rule for events. An id in <c>?id=</c> is taken literally, which reaches
/// stored ids that a path cannot contain (<c>.</c>, <c>..</c>) or that the rule would change or refuse.
/// </summary>
internal static class CustomerParameter
{
    private const string Before = "/v1/customers/";

    /// <summary>Null when no customer can have the id.</summary>
    public static CustomerId? Read(HttpContext http, string? id)
    {
        if (id is null) return null;
        if (!http.Request.RouteValues.ContainsKey(nameof(id))) return CustomerId.Fault(id) is null ? new CustomerId(id) : null;

        // The server decodes everything in a path but an encoded slash, so an encoded slash and its escaped spelling are the same here.
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
