using Grid.Model.Time;

namespace Grid.Ledger.Outbox;

/// <summary>The outbox in the database of a ledger, so that one backup holds both as of one moment. Usable while the ledger is open.</summary>
public sealed class Outbox(IStateDatabase database, LedgerLimits limits) : IOutbox
{
    private readonly OutboxDatabase _database = OutboxDatabase.Of(database, limits);

    public Task<bool> Record(
        string trigger, string? after, string position, byte[] state, IReadOnlyList<OutboxRow> rows, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Count, limits.OutboxBatchRowsMax);
        var columns = DeliveryColumns.From(rows, limits.OutboxTextBytesMax);
        return _database.Write(
            "recording deliveries",
            async (connection, cancel) =>
            {
                var moved = after is null
                    ? await _database.Execute(connection, "position-add", cancel, trigger, position, state)
                    : await _database.Execute(connection, "position-replace", cancel, trigger, position, state, after);
                if (moved == 0) return false;
                if (rows.Count == 0) return true;
                await _database.KeepOrder(connection, rows, cancel);
                await _database.ForEach(connection, "deliveries-add", rows.Count, columns, cancel);
                return true;
            },
            cancellation);
    }

    public Task<TriggerPosition?> Position(string trigger, CancellationToken cancellation) => _database.Run(
        "reading a trigger's position",
        async (connection, cancel) =>
        {
            await using var command = _database.Statement(connection, "position-read", trigger);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            return await reader.ReadAsync(cancel) ? new TriggerPosition(reader.GetString(0), reader.GetFieldValue<byte[]>(1)) : null;
        },
        cancellation);

    public Task<IReadOnlyList<StoredDelivery>> Pending(string endpoint, long afterNumber, int limit, CancellationToken cancellation) => _database.Run(
        "reading pending deliveries",
        async (connection, cancel) =>
        {
            await using var command = _database.Statement(connection, "deliveries-pending", endpoint, afterNumber, Page(limit));
            return await DeliveryColumns.Read(command, cancel);
        },
        cancellation);

    public Task Settle(IReadOnlyList<DeliveryAttempt> attempts, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(attempts.Count, limits.OutboxBatchRowsMax);
        if (attempts.Count == 0) return Task.CompletedTask;
        var columns = DeliveryColumns.From(attempts, limits.OutboxTextBytesMax);
        return _database.Write(
            "settling deliveries",
            async (connection, cancel) =>
            {
                await _database.ForEach(connection, "deliveries-settle", attempts.Count, columns, cancel);
                return attempts.Count;
            },
            cancellation);
    }

    public Task<IReadOnlyList<StoredDelivery>> List(
        DeliveryFilter filter, long beforeNumber, int limit, CancellationToken cancellation) => _database.Run(
        "listing deliveries",
        async (connection, cancel) =>
        {
            await using var command = _database.Statement(
                connection, "deliveries-list", DeliveryConditions.From(filter), beforeNumber, Page(limit));
            return await DeliveryColumns.Read(command, cancel);
        },
        cancellation);

    public async Task<StoredDelivery?> Find(string id, CancellationToken cancellation)
    {
        var found = await List(new DeliveryFilter { Id = id }, long.MaxValue, 1, cancellation);
        return found.Count == 0 ? null : found[0];
    }

    public Task<long> Replay(DeliveryFilter filter, Instant now, CancellationToken cancellation)
    {
        var conditions = DeliveryConditions.From(filter);
        return ChangeAll(
            "replaying deliveries",
            "deliveries-replay",
            filter.Id is null
                ? conditions.Has(DeliveryStatus.Parked)
                : conditions.Has(DeliveryStatus.Parked, DeliveryStatus.Delivered, DeliveryStatus.Dropped),
            [now.Milliseconds],
            cancellation);
    }

    public Task<IReadOnlyList<DeliveryCount>> Counts(string? trigger, CancellationToken cancellation) => _database.Run(
        "counting deliveries",
        async (connection, cancel) =>
        {
            await using var command = _database.Statement(connection, "deliveries-count", new DeliveryConditions().Is("trigger", trigger));
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var counts = new List<DeliveryCount>();
            while (await reader.ReadAsync(cancel))
                counts.Add(new DeliveryCount(reader.GetString(0), reader.GetString(1), (DeliveryStatus)reader.GetInt16(2), reader.GetInt64(3)));
            return (IReadOnlyList<DeliveryCount>)counts;
        },
        cancellation);

    public Task<int> Summarise(Instant before, int limit, CancellationToken cancellation) => _database.Write(
        "summarising deliveries",
        async (connection, cancel) =>
        {
            await using var command = _database.Statement(
                connection, "deliveries-summarise", before.Milliseconds, Math.Clamp(limit, 1, limits.OutboxBatchRowsMax));
            return Convert.ToInt32(await command.ExecuteScalarAsync(cancel), null);
        },
        cancellation);

    public async Task RemoveTrigger(string trigger, string reason, Instant now, CancellationToken cancellation)
    {
        await _database.Write(
            "removing a trigger's position",
            (connection, cancel) => _database.Execute(connection, "position-remove", cancel, trigger),
            cancellation);
        await ChangeAll(
            "dropping a trigger's deliveries",
            "deliveries-drop",
            new DeliveryConditions().Is("trigger", trigger).Has(DeliveryStatus.Pending),
            [now.Milliseconds, DeliveryColumns.Text(reason, limits.OutboxTextBytesMax)],
            cancellation);
    }

    /// <summary>Changes all chosen deliveries by number, a batch per transaction, so that other writers wait only for a batch.</summary>
    private async Task<long> ChangeAll(
        string what, string statement, DeliveryConditions conditions, object?[] arguments, CancellationToken cancellation)
    {
        var (last, total) = (0L, 0L);
        while (true)
        {
            var after = last;
            var changed = await _database.Write(
                what,
                async (connection, cancel) =>
                {
                    await using var command = _database.Statement(
                        connection, statement, conditions, [after, limits.OutboxBatchRowsMax, .. arguments]);
                    await using var reader = await command.ExecuteReaderAsync(cancel);
                    var numbers = new List<long>();
                    while (await reader.ReadAsync(cancel)) numbers.Add(reader.GetInt64(0));
                    return numbers;
                },
                cancellation);
            if (changed.Count == 0) return total;
            last = changed.Max();
            total += changed.Count;
        }
    }

    private int Page(int limit) => Math.Clamp(limit, 1, limits.OutboxPageRowsMax);
}
