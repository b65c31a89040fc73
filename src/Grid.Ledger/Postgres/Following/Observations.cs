using Npgsql;

namespace Grid.Ledger.Postgres.Following;

/// <summary>
/// Adds observers. One that names a place is first told what followed it, from the database; then, without anything between, it is one
/// of those who are told as groups come.
/// </summary>
internal sealed class Observations(Database database, Publication publication, PostgresLedgerOptions options)
{
    public IDisposable Add(ICommitObserver observer, LogPosition? after)
    {
        if (after is null) publication.Add(observer);
        else CatchUp(observer, after);
        return new Observation(publication, observer);
    }

    /// <summary>
    /// Tells in turns what the others have been told, until in a turn nothing came. A place is a number of a transition, and groups
    /// without transitions have none of their own; so those on the place itself are told too, though it may hold them already.
    /// </summary>
    private void CatchUp(ICommitObserver observer, LogPosition after)
    {
        try
        {
            using var connection = database.OpenOwn();
            var head = after;
            var pages = new long[options.Lanes];
            for (var lane = 0; lane < pages.Length; lane++) pages[lane] = Before(connection, lane, after[lane]);
            while (!publication.TryAdd(observer, pages))
            {
                var groups = GroupReader.ReadAfter(connection, pages, publication.Pages(), options.Limits.FollowedGroupsMax);
                if (groups.Count == 0) throw Dropped();
                foreach (var group in groups)
                {
                    pages[group.Lane] = group.Page;
                    head = head[group.Lane] < group.Last ? head.With(group.Lane, group.Last) : head;
                    if (group.Customers.Count > 0) publication.Tell(observer, group, head);
                }
            }
        }
        catch (Exception failure)
        {
            throw PostgresFailure.Of(failure, "reading what an observer missed");
        }
    }

    /// <summary>The group before the first that is to be told.</summary>
    private long Before(NpgsqlConnection connection, int lane, long last)
    {
        var (told, head) = (publication.Pages()[lane], publication.Head[lane]);
        using var command = Database.Statement(connection, "groups-from", Database.Value((short)lane), Database.Value(last));
        using var reader = command.ExecuteReader();
        if (reader.Read()) return reader.GetBoolean(1) ? throw Dropped() : reader.GetInt64(0) - 1;
        return head <= last ? told : throw Dropped();
    }

    private static LedgerException Dropped() =>
        new(FailureKind.Permanent, "The groups after this place are no longer kept; scan the rows and follow from there.");

    private sealed class Observation(Publication publication, ICommitObserver observer) : IDisposable
    {
        public void Dispose() => publication.Remove(observer);
    }
}
