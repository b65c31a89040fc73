using System.Data.Common;

namespace Grid.Ledger;

/// <summary>
/// The database for Orleans' storage provider, which stores the states of grains, and for the outbox: the ledger's own database, so that one backup
/// holds all as of one moment. Migrations create their tables and the statements that the provider needs.
/// </summary>
public interface IStateDatabase
{
    /// <summary>The ADO.NET invariant by which Orleans knows the kind of the database.</summary>
    string Invariant { get; }

    /// <summary>Connections for one statement or one short transaction each; usable from the opening of the ledger to its disposal.</summary>
    DbDataSource Connections { get; }
}
