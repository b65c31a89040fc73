using System.Diagnostics;
using Grid.Testing.Postgres;
using Npgsql;

namespace Grid.Tests.Ledger.Postgres.Pooled;

/// <summary>
/// pgBouncer before a server, in a folder of its own, reachable only by a Unix socket. As with the server, a shell watches over it and stops it when
/// the tests end, even by a crash.
/// </summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private const string Program = "pgbouncer";
    private const string Port = "6432";

    private readonly Process _watch;
    private readonly string _folder;

    private PgBouncer(Process watch, string folder) => (_watch, _folder) = (watch, folder);

    public static bool IsInstalled => Find() is not null;

    /// <param name="mode">session or transaction.</param>
    /// <param name="server">The connection string of the server behind it.</param>
    /// <exception cref="InvalidOperationException">pgBouncer is not installed, or does not start.</exception>
    public static async Task<PgBouncer> Start(string mode, NpgsqlConnectionStringBuilder server)
    {
        var program = Find() ?? throw new InvalidOperationException("pgBouncer is not installed.");
        var folder = Directory.CreateTempSubdirectory("grid-pool-").FullName;
        await PostgresServer.GiveToAccount(folder);
        var watch = PostgresServer.Watched(Watch, program, folder, Port);
        var password = server.Password is { Length: > 0 } given ? $" password={given}" : "";
        string[] settings =
        [
            "[databases]",
            $"* = host={server.Host} port={server.Port} user={server.Username}{password}",
            "[pgbouncer]",
            $"listen_port = {Port}",
            $"unix_socket_dir = {folder}",
            "auth_type = any",
            $"pool_mode = {mode}",
            "default_pool_size = 40",
            "max_client_conn = 1000",
        ];
        foreach (var setting in settings) await watch.StandardInput.WriteLineAsync(setting);
        await watch.StandardInput.WriteLineAsync("end");
        await watch.StandardInput.FlushAsync();
        if (await watch.StandardOutput.ReadLineAsync() != "ready")
            throw new InvalidOperationException($"pgBouncer did not start: {await File.ReadAllTextAsync(Path.Combine(folder, "log"))}");
        return new PgBouncer(watch, folder);
    }

    public string ConnectionString(string database) => $"Host={_folder};Port={Port};Username=grid;Database={database}";

    public async ValueTask DisposeAsync()
    {
        _watch.StandardInput.Close();
        await _watch.WaitForExitAsync();
        _watch.Dispose();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists);

    private const string Watch = """
        trap '' INT TERM HUP
        program=$1 folder=$2 port=$3
        while read -r line && [ "$line" != end ]; do echo "$line" >>"$folder/pgbouncer.ini"; done
        "$program" -q "$folder/pgbouncer.ini" >"$folder/log" 2>&1 </dev/null &
        while [ ! -S "$folder/.s.PGSQL.$port" ]; do kill -0 $! || exit 1; sleep 0.05; done
        echo ready
        cat >/dev/null
        kill -KILL $!
        rm -rf "$folder"
        """;
}
