using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>
/// Connections to the server or, of several hosts, to the primary. The roles of the hosts are cached until a connection fails; then all hosts are
/// checked again, because the primary may have changed.
/// </summary>
internal sealed class FailoverDataSource : IAsyncDisposable, IDisposable
{
    private const string Keyword = "Target Session Attributes";

    /// <summary>Attempts to open a connection that the server closes during the opening; nothing was sent on it yet.</summary>
    private const int OpenAttemptsMax = 3;

    /// <summary>Null for a single host.</summary>
    private readonly NpgsqlMultiHostDataSource? _several;

    private readonly NpgsqlDataSource _writable;

    /// <exception cref="LedgerException">The connection string requires a read-only server.</exception>
    public FailoverDataSource(NpgsqlConnectionStringBuilder settings)
    {
        var wanted = Wanted(settings.TargetSessionAttributes);

        // The keyword has been evaluated above; Npgsql refuses it for a single host.
        var plain = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        plain.Remove(Keyword);
        var builder = new NpgsqlDataSourceBuilder(plain.ConnectionString);
        if (AreSeveral(plain.Host)) _several = builder.BuildMultiHost();
        _writable = _several?.WithTargetSession(wanted) ?? builder.Build();
    }

    public static bool AreSeveral(string? hosts) => hosts?.Contains(',', StringComparison.Ordinal) == true;

    public NpgsqlConnection Open()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return _writable.OpenConnection();
            }
            catch (NpgsqlException failure)
            {
                _several?.ClearDatabaseStates();
                if (attempt == OpenAttemptsMax || !PostgresFailure.IsEnded(failure)) throw;
            }
        }
    }

    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _writable.OpenConnectionAsync(cancellation);
            }
            catch (NpgsqlException failure)
            {
                _several?.ClearDatabaseStates();
                if (attempt == OpenAttemptsMax || !PostgresFailure.IsEnded(failure)) throw;
            }
        }
    }

    /// <summary>Forgets which host is the primary, and closes the pool's idle connections.</summary>
    public void Forget()
    {
        _several?.ClearDatabaseStates();
        _writable.Clear();
    }

    public void Dispose()
    {
        _writable.Dispose();
        _several?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _writable.DisposeAsync();
        if (_several is not null) await _several.DisposeAsync();
    }

    /// <summary>A read-only primary is as useless as a standby, unless the connection string allows it.</summary>
    private static TargetSessionAttributes Wanted(string? given) => given?.Trim().ToLowerInvariant() switch
    {
        null or "" or "read-write" => TargetSessionAttributes.ReadWrite,
        "primary" => TargetSessionAttributes.Primary,
        "prefer-primary" => TargetSessionAttributes.PreferPrimary,
        "any" => TargetSessionAttributes.Any,
        var other => throw new LedgerException(
            FailureKind.Permanent, $"The connection string asks for {Keyword}={other}; the ledger needs a server that takes writes: leave it out."),
    };
}
