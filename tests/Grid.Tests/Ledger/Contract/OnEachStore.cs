namespace Grid.Tests.Ledger.Contract;

public sealed class CommitOnMemoryTests() : CommitContract(new MemoryStore());

public sealed class CommitOnSqliteTests() : CommitContract(new SqliteStore());

public sealed class CommitOnPostgresTests() : CommitContract(new PostgresStore());

public sealed class TailOnMemoryTests() : TailContract(new MemoryStore());

public sealed class TailOnSqliteTests() : TailContract(new SqliteStore());

public sealed class TailOnPostgresTests() : TailContract(new PostgresStore());

public sealed class DueOnMemoryTests() : DueContract(new MemoryStore());

public sealed class DueOnSqliteTests() : DueContract(new SqliteStore());

public sealed class DueOnPostgresTests() : DueContract(new PostgresStore());

public sealed class ScanOnMemoryTests() : ScanContract(new MemoryStore());

public sealed class ScanOnSqliteTests() : ScanContract(new SqliteStore());

public sealed class ScanOnPostgresTests() : ScanContract(new PostgresStore());

public sealed class EraseOnMemoryTests() : EraseContract(new MemoryStore());

public sealed class EraseOnSqliteTests() : EraseContract(new SqliteStore());

public sealed class EraseOnPostgresTests() : EraseContract(new PostgresStore());

public sealed class RejectOnMemoryTests() : RejectContract(new MemoryStore());

public sealed class RejectOnSqliteTests() : RejectContract(new SqliteStore());

public sealed class RejectOnPostgresTests() : RejectContract(new PostgresStore());

public sealed class RecordsOnMemoryTests() : RecordsContract(new MemoryStore());

public sealed class RecordsOnSqliteTests() : RecordsContract(new SqliteStore());

public sealed class RecordsOnPostgresTests() : RecordsContract(new PostgresStore());

public sealed class StatesOnMemoryTests() : StatesContract(new MemoryStore());

public sealed class StatesOnSqliteTests() : StatesContract(new SqliteStore());

public sealed class StatesOnPostgresTests() : StatesContract(new PostgresStore());

public sealed class ScanOnTwoLanesTests() : ScanContract(new PostgresStore(lanes: 2));

public sealed class DueOnTwoLanesTests() : DueContract(new PostgresStore(lanes: 2));

public sealed class EraseOnTwoLanesTests() : EraseContract(new PostgresStore(lanes: 2));

public sealed class CommitsOnMemoryTests() : CommitsContract(new MemoryStore());

public sealed class CommitsOnSqliteTests() : CommitsContract(new SqliteStore());

public sealed class CommitsOnPostgresTests() : CommitsContract(new PostgresStore());

public sealed class CommitsOnTwoLanesTests() : CommitsContract(new PostgresStore(lanes: 2));

public sealed class PartitionOnMemoryTests() : PartitionContract(new MemoryStore());

public sealed class PartitionOnSqliteTests() : PartitionContract(new SqliteStore());

public sealed class PartitionOnPostgresTests() : PartitionContract(new PostgresStore());

public sealed class PartitionOnTwoLanesTests() : PartitionContract(new PostgresStore(lanes: 2));

public sealed class OutboxOnMemoryTests() : OutboxContract(new MemoryStore());

public sealed class OutboxOnSqliteTests() : OutboxContract(new SqliteStore());

public sealed class OutboxOnPostgresTests() : OutboxContract(new PostgresStore());

public sealed class DeliveriesOnMemoryTests() : DeliveriesContract(new MemoryStore());

public sealed class DeliveriesOnSqliteTests() : DeliveriesContract(new SqliteStore());

public sealed class DeliveriesOnPostgresTests() : DeliveriesContract(new PostgresStore());
