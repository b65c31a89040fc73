namespace Grid.Testing.Postgres;

/// <summary>A primary whose commits wait for a standby, and a connection string with both hosts.</summary>
internal sealed class PostgresPair(PostgresServer primary, PostgresServer standby) : IAsyncDisposable
{
    public PostgresServer Primary { get; } = primary;

    public PostgresServer Standby { get; } = standby;

    public string ConnectionString =>
        $"Host={Primary.Folder},{Standby.Folder};Port={PostgresServer.Port};Username=grid;Database=postgres";

    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start.</exception>
    public static async Task<PostgresPair> Start()
    {
        var primary = await PostgresServer.Start("shared_buffers = 32MB");
        try
        {
            return new PostgresPair(primary, await primary.StartStandby());
        }
        catch
        {
            await primary.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Stops the standby first: a primary that stops in order would wait for it.
        await Standby.DisposeAsync();
        await Primary.DisposeAsync();
    }
}
