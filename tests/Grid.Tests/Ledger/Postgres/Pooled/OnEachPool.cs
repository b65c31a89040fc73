using Grid.Tests.Ledger.Contract;

namespace Grid.Tests.Ledger.Postgres.Pooled;

public sealed class CommitInPooledTransactionsTests() : CommitContract(new PooledStore("transaction"));

public sealed class TailInPooledTransactionsTests() : TailContract(new PooledStore("transaction"));

public sealed class DueInPooledTransactionsTests() : DueContract(new PooledStore("transaction"));

public sealed class ScanInPooledTransactionsTests() : ScanContract(new PooledStore("transaction"));

public sealed class EraseInPooledTransactionsTests() : EraseContract(new PooledStore("transaction"));

public sealed class RejectInPooledTransactionsTests() : RejectContract(new PooledStore("transaction"));

public sealed class RecordsInPooledTransactionsTests() : RecordsContract(new PooledStore("transaction"));

public sealed class CommitsInPooledTransactionsTests() : CommitsContract(new PooledStore("transaction"));

public sealed class PartitionInPooledTransactionsTests() : PartitionContract(new PooledStore("transaction"));

public sealed class StatesInPooledTransactionsTests() : StatesContract(new PooledStore("transaction"));

public sealed class CommitInPooledSessionsTests() : CommitContract(new PooledStore("session"));

public sealed class TailInPooledSessionsTests() : TailContract(new PooledStore("session"));

public sealed class DueInPooledSessionsTests() : DueContract(new PooledStore("session"));

public sealed class ScanInPooledSessionsTests() : ScanContract(new PooledStore("session"));

public sealed class EraseInPooledSessionsTests() : EraseContract(new PooledStore("session"));

public sealed class RejectInPooledSessionsTests() : RejectContract(new PooledStore("session"));

public sealed class RecordsInPooledSessionsTests() : RecordsContract(new PooledStore("session"));

public sealed class CommitsInPooledSessionsTests() : CommitsContract(new PooledStore("session"));

public sealed class PartitionInPooledSessionsTests() : PartitionContract(new PooledStore("session"));
