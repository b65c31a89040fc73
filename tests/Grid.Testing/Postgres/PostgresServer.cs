using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Grid.Testing.Postgres;

/// <summary>
/// A PostgreSQL server for tests and measurements, in a folder of its own, reachable only by a Unix socket. A shell watches over it: when the process
/// that started it ends, even by a crash, the shell's input ends, and it stops the server and removes the folder.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    public const string Port = "5432";
    private const string Setsid = "/usr/bin/setsid";
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);
    private static readonly string[] Programs = ["initdb", "pg_ctl", "pg_basebackup"];
    private static readonly string[] Candidates = ["postgres", "nobody"];

    private readonly Process _watch;

    private PostgresServer(Process watch, string folder, string binaries)
    {
        (_watch, Folder, Binaries) = (watch, folder, binaries);
    }

    public string Folder { get; }

    public string Binaries { get; }

    public string Data => Path.Combine(Folder, "data");

    /// <summary>The process that all others of the server descend from.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>A connection string without pooling, so that a closed connection is really closed.</summary>
    public string ConnectionString => $"{Connection};Pooling=false";

    /// <summary>The connection string in the form that a grid server gets.</summary>
    public string PooledConnectionString => $"{Connection};Maximum Pool Size=20";

    private string Connection => $"Host={Folder};Port={Port};Username=grid;Database=postgres";

    public static bool IsInstalled => FindBinaries() is not null;

    /// <param name="settings">Lines of its configuration.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start.</exception>
    public static Task<PostgresServer> Start(params string[] settings) => Start(origin: "", settings);

    /// <summary>
    /// Starts a standby of this server. From then on, a commit here waits until it is durable there; after a promotion the standby's own commits do
    /// not wait.
    /// </summary>
    public async Task<PostgresServer> StartStandby()
    {
        var standby = await Start(Folder, []);
        await Execute("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await Execute("SELECT pg_reload_conf()");
        await Until("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", "a standby that commits wait for");
        return standby;
    }

    /// <summary>The server, started again after it was stopped in order, follows another that was promoted meanwhile.</summary>
    public async Task StartAgainAsStandbyOf(PostgresServer primary)
    {
        await File.AppendAllTextAsync(
            Path.Combine(Data, "postgresql.auto.conf"), $"primary_conninfo = 'host={primary.Folder} port={Port} user=grid'\n");
        await File.WriteAllTextAsync(Path.Combine(Data, "standby.signal"), "");
        await Control("start");
    }

    /// <summary>Kills the main process as <c>kill -9</c> does; the others end when they notice.</summary>
    public void Kill()
    {
        using var process = Process.GetProcessById(ProcessId);
        process.Kill();
    }

    /// <summary>Returns when a query returns a count other than zero.</summary>
    /// <param name="count">A statement that counts.</param>
    public async Task Until(string count, string what)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(count, connection);
        var began = TimeProvider.System.GetTimestamp();
        while ((long)(await command.ExecuteScalarAsync())! == 0)
        {
            if (TimeProvider.System.GetElapsedTime(began) > PatienceMax) throw new TimeoutException($"Waited {PatienceMax} for {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private static async Task<PostgresServer> Start(string origin, string[] settings)
    {
        var binaries = FindBinaries() ?? throw new InvalidOperationException("PostgreSQL is not installed.");
        var folder = Directory.CreateTempSubdirectory("grid-pg-").FullName;
        await GiveToAccount(folder);
        var watch = Watched(Watch, binaries, folder, origin);
        foreach (var setting in settings.Prepend($"unix_socket_directories = '{folder}'")) await watch.StandardInput.WriteLineAsync(setting);
        await watch.StandardInput.WriteLineAsync("end");
        await watch.StandardInput.FlushAsync();
        for (string? line; (line = await watch.StandardOutput.ReadLineAsync()) != "ready";)
            if (line is null) throw new InvalidOperationException($"The server did not start: {await File.ReadAllTextAsync(Path.Combine(folder, "log"))}");
        return new PostgresServer(watch, folder, binaries);
    }

    /// <summary>Runs pg_ctl on this server, for example <c>restart -m immediate</c>.</summary>
    public async Task Control(params string[] words)
    {
        string[] all = [$"{Binaries}/pg_ctl", .. words, "-w", "-s", "-D", Data, "-l", Path.Combine(Folder, "log")];
        using var process = Process.Start(AsAccount(all[0], all[1..]))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"pg_ctl {string.Join(' ', words)} ended with {process.ExitCode}.");
    }

    /// <summary>The standby becomes a primary; returns when it takes writes.</summary>
    public Task Promote() => Control("promote");

    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _watch.StandardInput.Close();
        await _watch.WaitForExitAsync();
        _watch.Dispose();
    }

    /// <summary>Runs a program and waits for its end.</summary>
    public static async Task Run(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', words)} ended with {process.ExitCode}.");
    }

    /// <summary>Gives a folder to the account that servers run as.</summary>
    public static async Task GiveToAccount(string folder)
    {
        if (Environment.IsPrivilegedProcess) await Run("chown", Account(), folder);
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    public static string Account()
    {
        if (!Environment.IsPrivilegedProcess) return Environment.UserName;
        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        return Array.Find(Candidates, known.Contains) ?? throw new InvalidOperationException("There is no user to run PostgreSQL as.");
    }

    /// <summary>Starts a shell script, as an account that servers may run as; its input ends with this process.</summary>
    public static Process Watched(string script, params string[] words)
    {
        // A session of its own, because killing the tests may kill their whole process group.
        string[] watching = ["sh", "-c", script, "watch", .. words];
        if (File.Exists(Setsid)) watching = [Setsid, .. watching];
        var watch = new Process { StartInfo = AsAccount(watching[0], watching[1..]) };
        watch.StartInfo.RedirectStandardInput = watch.StartInfo.RedirectStandardOutput = true;
        watch.Start();
        return watch;
    }

    private static string? FindBinaries()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return null;
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        const string Packaged = "/usr/lib/postgresql";
        var packaged = Directory.Exists(Packaged)
            ? Directory.GetDirectories(Packaged).OrderByDescending(Version).Select(folder => Path.Combine(folder, "bin"))
            : [];
        return path.Concat(packaged).FirstOrDefault(folder => Programs.All(program => File.Exists(Path.Combine(folder, program))));
    }

    private static double Version(string folder) =>
        double.TryParse(Path.GetFileName(folder), NumberStyles.Float, CultureInfo.InvariantCulture, out var version) ? version : 0;

    private static ProcessStartInfo AsAccount(string program, params string[] words) => Environment.IsPrivilegedProcess
        ? new ProcessStartInfo("setpriv", ["--reuid", Account(), "--regid", "nogroup", "--clear-groups", program, .. words]) { WorkingDirectory = "/" }
        : new ProcessStartInfo(program, words) { WorkingDirectory = "/" };

    // Interrupts are for the tests; the watching shell ends with its input.
    private const string Watch = """
        trap '' INT TERM HUP
        binaries=$1 folder=$2 origin=$3
        if [ -n "$origin" ]; then
            "$binaries/pg_basebackup" -D "$folder/data" -h "$origin" -p 5432 -U grid -R -X stream -c fast --no-sync >"$folder/log" 2>&1 || exit 1
        else
            "$binaries/initdb" -D "$folder/data" -A trust -U grid -E UTF8 --locale=C --no-sync >"$folder/log" 2>&1 || exit 1
        fi
        echo "listen_addresses = ''" >>"$folder/data/postgresql.conf"
        while read -r line && [ "$line" != end ]; do echo "$line" >>"$folder/data/postgresql.conf"; done
        "$binaries/pg_ctl" -D "$folder/data" -w -s -l "$folder/log" start >>"$folder/log" 2>&1 </dev/null && echo ready
        cat >/dev/null
        "$binaries/pg_ctl" -D "$folder/data" -m immediate -w -s stop >/dev/null 2>&1
        rm -rf "$folder"
        """;
}
