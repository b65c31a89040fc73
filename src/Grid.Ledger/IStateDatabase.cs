using System.Data.Common;

namespace Grid.Ledger;

/// <summary>
/// Where Orleans' storage provider keeps the states of grains: in the ledger's own database, so that one backup holds both as of one
/// moment. A migration makes the table and the statements that the provider asks for.
/// </summary>
public interface IStateDatabase
{
    /// <summary>The name under which Orleans knows the kind of the database.</summary>
    string Invariant { get; }

    /// <summary>Connections for one statement each, from when the ledger is open until it is disposed.</summary>
    DbDataSource Connections { get; }
}
