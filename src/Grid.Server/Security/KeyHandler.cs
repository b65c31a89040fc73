using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Grid.Api;
using Grid.Ingest;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Grid.Server.Security;

/// <summary>
/// Knows the sender of a request by a configured key: as <c>Authorization: Bearer</c>, or as <c>access_token</c> in the address where a
/// browser cannot set headers. There a ticket does as well, and is better: addresses are logged.
/// </summary>
internal sealed class KeyHandler(IOptionsMonitor<KeyHandlerOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<KeyHandlerOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Key";

    /// <summary>Of a ticket it is not known: a ticket must not issue the next one.</summary>
    private const string HashClaim = "grid:key-hash";

    private static readonly LocalizedText NoKey = new("密钥缺失或无效", "The key is missing or unknown");
    private static readonly LocalizedText HowToSendIt = new(
        "请以 Bearer 令牌发送一个已配置的密钥。", "Send one of the configured keys as a bearer token.");

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The hash of the key that this sender has shown.</summary>
    public static byte[] HashOf(ClaimsPrincipal sender) =>
        Convert.FromBase64String(sender.FindFirstValue(HashClaim) ?? throw new InvalidOperationException("The sender has shown no key."));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Given() is not { Length: > 0 } given) return Task.FromResult(AuthenticateResult.NoResult());
        var hash = Hash(given);
        if (Array.Exists(Options.Hashes, known => CryptographicOperations.FixedTimeEquals(known, hash)))
            return Task.FromResult(Known(new Claim(HashClaim, Convert.ToBase64String(hash))));
        if (Takes<TicketAccepted>() && Array.Exists(Options.Hashes, known => Tickets.IsValid(given, known, TimeProvider.GetUtcNow())))
            return Task.FromResult(Known());
        return Task.FromResult(AuthenticateResult.Fail("The key is unknown."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Takes<ShownInBrowser>() ? "Basic realm=\"grid\"" : "Bearer";
        return LocalizedProblem.Create(StatusCodes.Status401Unauthorized, NoKey, HowToSendIt).ExecuteAsync(Context);
    }

    private string? Given()
    {
        if (Takes<ShownInBrowser>() && WriteKeys.OfHeader(Request) is { } shown) return shown;
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return header["Bearer ".Length..].Trim();
        return Request.Query["access_token"];
    }

    private bool Takes<TMetadata>() where TMetadata : class => Context.GetEndpoint()?.Metadata.GetMetadata<TMetadata>() is not null;

    private static AuthenticateResult Known(params Claim[] claims) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), SchemeName));
}

internal sealed class KeyHandlerOptions : AuthenticationSchemeOptions
{
    /// <summary>SHA-256 of each key.</summary>
    public byte[][] Hashes { get; set; } = [];
}

/// <summary>
/// Marks an endpoint that a browser opens by itself: the browser shows a form for the key, which is the user's name. Only for endpoints
/// that change nothing: a page of another site can have a browser send that name again.
/// </summary>
internal sealed class ShownInBrowser;
