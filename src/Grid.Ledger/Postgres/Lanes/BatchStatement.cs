using Grid.Ledger.Lanes;
using Grid.Model.Customers;
using Npgsql;

namespace Grid.Ledger.Postgres.Lanes;

/// <summary>The number of a batch in its lane, and that of the lane's last transition after it.</summary>
internal readonly record struct BatchNumbers(long Page, long Last);

/// <summary>The statements of one lane on its connection. Created for each new connection; only the lane uses it.</summary>
internal sealed class BatchStatement : IDisposable
{
    private readonly Database _database;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlBatch _batch;
    private readonly short _lane;
    private readonly long _writer;
    private readonly RowArrays _updated = new();
    private readonly RowArrays _inserted = new();
    private readonly NpgsqlParameter<long> _epoch = new();
    private readonly NpgsqlParameter<long> _transitions = new();
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _transitionPage = new();
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _customerPage = new();
    private readonly NpgsqlParameter<long> _number = new();
    private readonly NpgsqlParameter<long> _count = new();

    public BatchStatement(Database database, NpgsqlConnection connection, int lane, long writer)
    {
        (_database, _connection, _lane, _writer) = (database, connection, (short)lane, writer);
        var write = Database.Part("group-write", [
            .. _updated.Parameters, .. _inserted.Parameters, Database.Value(_lane), _epoch, _transitions, _transitionPage, _customerPage,
            Database.Value(_writer), _number, _count]);
        _batch = Database.Batch(connection, Database.Part("plan-by-index"), write);
    }

    /// <summary>Writes the batch and returns its numbers, or throws.</summary>
    public BatchNumbers Write(List<PendingCommit> commits, BatchPages pages, long number)
    {
        Bind(commits, pages, number);
        using var reader = _batch.ExecuteReader();
        reader.NextResult();
        if (!reader.Read()) throw new InvalidOperationException("A group was written without numbers.");
        return new BatchNumbers(reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>The numbers of an attempt that was committed although its answer was lost; null when it was not committed.</summary>
    /// <param name="after">A batch of the lane from before the attempt.</param>
    public BatchNumbers? Find(long after, long number)
    {
        using var command = Database.Statement(
            _connection, "group-find", Database.Value(_lane), Database.Value(after), Database.Value(_writer), Database.Value(number));
        using var reader = command.ExecuteReader();
        return reader.Read() ? new BatchNumbers(reader.GetInt64(0), reader.GetInt64(1)) : null;
    }

    /// <summary>The epoch of the lane, and the versions of the existing rows of a batch.</summary>
    public (long Epoch, Dictionary<CustomerId, long> Versions) Judge(List<PendingCommit> commits)
    {
        var ids = commits.ConvertAll(commit => commit.Change.Customer.Value);
        using var batch = Database.Batch(
            _connection,
            Database.Part("plan-by-index"),
            Database.Part("edition", Database.Value(_lane)),
            Database.Part("versions", Database.Value(ids)));
        using var reader = batch.ExecuteReader();
        reader.NextResult();
        if (!reader.Read()) throw new InvalidDataException($"the database has no lane {_lane}.");
        var epoch = reader.GetInt64(0);
        reader.NextResult();
        var versions = new Dictionary<CustomerId, long>();
        while (reader.Read()) versions[new CustomerId(reader.GetString(0))] = reader.GetInt64(1);
        return (epoch, versions);
    }

    /// <summary>Returns when the results of Find and Judge are durable enough to be answered.</summary>
    public void Confirm() => _database.Confirm(_connection);

    public void Dispose()
    {
        _batch.Dispose();
        _connection.Dispose();
    }

    private void Bind(List<PendingCommit> commits, BatchPages pages, long number)
    {
        _updated.Clear();
        _inserted.Clear();
        var epoch = long.MaxValue;
        foreach (var commit in commits)
        {
            (commit.Change.Version == 1 ? _inserted : _updated).Add(commit.Change);
            epoch = Math.Min(epoch, commit.Change.Epoch);
        }

        _updated.End();
        _inserted.End();
        _epoch.TypedValue = epoch;
        _transitions.TypedValue = pages.Count;
        _transitionPage.TypedValue = pages.Transitions;
        _customerPage.TypedValue = pages.Customers;
        _number.TypedValue = number;
        _count.TypedValue = commits.Count;
    }
}
