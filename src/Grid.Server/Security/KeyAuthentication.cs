using System.Security.Claims;
using Grid.Server.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace Grid.Server.Security;

/// <summary>
/// With keys configured, every route requires one unless it is marked <c>AllowAnonymous</c>, so that a new route is closed by default.
/// Without keys the server listens on the loopback interface only, and every route is open.
/// </summary>
internal static class KeyAuthentication
{
    public static void AddKeyAuthentication(this IServiceCollection services, GridOptions options)
    {
        // AddAuthentication would also create keys for cookies and store them in the user's home.
        services.AddAuthenticationCore(authentication => authentication.DefaultScheme = KeyHandler.SchemeName).AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<KeyHandlerOptions, KeyHandler>(KeyHandler.SchemeName, handler => handler.Hashes = [.. options.Keys.Select(KeyHandler.Hash)]);
        var authorization = services.AddAuthorizationBuilder();
        if (options.Keys.Count > 0) authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    public static void MapTickets(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/tickets", (ClaimsPrincipal sender) => new IssuedTicket(
            Tickets.Give(KeyHandler.HashOf(sender), TimeProvider.System.GetUtcNow()), (int)Tickets.ValidFor.TotalSeconds))
            .WithTags("Keys")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .WithSummary("Issues a ticket that replaces the key for one minute: a browser sends it as access_token to the hub or to an export.");

    /// <param name="Ticket">Replaces the key, as access_token in the address.</param>
    /// <param name="ExpiresInSeconds">How long the ticket is valid.</param>
    internal sealed record IssuedTicket(string Ticket, int ExpiresInSeconds);
}
