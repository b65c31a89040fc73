using Orleans.Dashboard;

namespace Grid.Server.Hosting;

/// <summary>
/// Orleans' own dashboard under <c>/orleans</c>, put together by the first request for it: it compresses all its files when it is mapped, which took
/// 0.4 s of each start.
/// </summary>
internal static class OrleansPage
{
    public const string Path = "/orleans";

    public static void MapOrleansPage(this WebApplication app)
    {
        var dashboard = new Lazy<RequestDelegate>(() => Build(app));
        app.Map(Path + "/{**rest}", http =>
        {
            // The branch finds an endpoint of its own.
            http.SetEndpoint(null);
            return dashboard.Value(http);
        }).ExcludeFromDescription();
    }

    private static RequestDelegate Build(IApplicationBuilder app)
    {
        var branch = app.New();
        branch.UseRouting().UseEndpoints(endpoints => endpoints.MapOrleansDashboard(Path));
        return branch.Build();
    }
}
