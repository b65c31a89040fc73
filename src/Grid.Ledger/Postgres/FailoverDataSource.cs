using Npgsql;

namespace Grid.Ledger.Postgres;

/// <summary>
/// Connections to the server, or to that of several which takes writes. What is known of the hosts is kept until a connection fails: then
/// all are asked anew, because the primary may be another.
/// </summary>
internal sealed class FailoverDataSource : IAsyncDisposable
{
    private const string Keyword = "Target Session Attributes";

    /// <summary>Times a connection is opened that the server ends while it is being opened; nothing was sent on it yet.</summary>
    private const int OpenAttemptsMax = 3;

    /// <summary>Null where there is only one.</summary>
    private readonly NpgsqlMultiHostDataSource? _several;

    private readonly NpgsqlDataSource _writable;

    /// <exception cref="LedgerException">The connection string asks for a server that takes no writes.</exception>
    public FailoverDataSource(NpgsqlConnectionStringBuilder settings)
    {
        var wanted = Wanted(settings.TargetSessionAttributes);

        // The keyword has been read; Npgsql refuses it for a single host.
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

    /// <summary>Forgets which host takes writes, and closes what waits in the pool.</summary>
    public void Forget()
    {
        _several?.ClearDatabaseStates();
        _writable.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _writable.DisposeAsync();
        if (_several is not null) await _several.DisposeAsync();
    }

    /// <summary>A primary that is read-only is as useless as a standby, unless the connection string says otherwise.</summary>
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
