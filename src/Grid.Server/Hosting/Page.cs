using Microsoft.Extensions.FileProviders;

namespace Grid.Server.Hosting;

/// <summary>Serves the page that was built beside the server.</summary>
internal static class Page
{
    public static void UsePage(this WebApplication app)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "dashboard");
        if (!Directory.Exists(folder))
        {
            app.MapGet("/", () => Results.Text("This server was built without its page. The API is described at /swagger.")).AllowAnonymous();
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
    }
}
