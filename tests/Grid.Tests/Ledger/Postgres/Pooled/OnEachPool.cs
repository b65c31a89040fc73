using Grid.Tests.Ledger.Contract;

namespace Grid.Tests.Ledger.Postgres.Pooled;

public sealed class CommitInPooledTransactions() : CommitContract(new PooledStore("transaction"));

public sealed class TailInPooledTransactions() : TailContract(new PooledStore("transaction"));

public sealed class DueInPooledTransactions() : DueContract(new PooledStore("transaction"));

public sealed class ScanInPooledTransactions() : ScanContract(new PooledStore("transaction"));

public sealed class EraseInPooledTransactions() : EraseContract(new PooledStore("transaction"));

public sealed class RejectInPooledTransactions() : RejectContract(new PooledStore("transaction"));

public sealed class RecordsInPooledTransactions() : RecordsContract(new PooledStore("transaction"));

public sealed class CommitsInPooledTransactions() : CommitsContract(new PooledStore("transaction"));

public sealed class PartitionInPooledTransactions() : PartitionContract(new PooledStore("transaction"));

public sealed class StatesInPooledTransactions() : StatesContract(new PooledStore("transaction"));

public sealed class CommitInPooledSessions() : CommitContract(new PooledStore("session"));

public sealed class TailInPooledSessions() : TailContract(new PooledStore("session"));

public sealed class DueInPooledSessions() : DueContract(new PooledStore("session"));

public sealed class ScanInPooledSessions() : ScanContract(new PooledStore("session"));

public sealed class EraseInPooledSessions() : EraseContract(new PooledStore("session"));

public sealed class RejectInPooledSessions() : RejectContract(new PooledStore("session"));

public sealed class RecordsInPooledSessions() : RecordsContract(new PooledStore("session"));

public sealed class CommitsInPooledSessions() : CommitsContract(new PooledStore("session"));

public sealed class PartitionInPooledSessions() : PartitionContract(new PooledStore("session"));
