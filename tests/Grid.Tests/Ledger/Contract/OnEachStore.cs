namespace Grid.Tests.Ledger.Contract;

public sealed class CommitOnMemory() : CommitContract(new MemoryStore());

public sealed class CommitOnSqlite() : CommitContract(new SqliteStore());

public sealed class CommitOnPostgres() : CommitContract(new PostgresStore());

public sealed class TailOnMemory() : TailContract(new MemoryStore());

public sealed class TailOnSqlite() : TailContract(new SqliteStore());

public sealed class TailOnPostgres() : TailContract(new PostgresStore());

public sealed class DueOnMemory() : DueContract(new MemoryStore());

public sealed class DueOnSqlite() : DueContract(new SqliteStore());

public sealed class DueOnPostgres() : DueContract(new PostgresStore());

public sealed class ScanOnMemory() : ScanContract(new MemoryStore());

public sealed class ScanOnSqlite() : ScanContract(new SqliteStore());

public sealed class ScanOnPostgres() : ScanContract(new PostgresStore());

public sealed class EraseOnMemory() : EraseContract(new MemoryStore());

public sealed class EraseOnSqlite() : EraseContract(new SqliteStore());

public sealed class EraseOnPostgres() : EraseContract(new PostgresStore());

public sealed class RejectOnMemory() : RejectContract(new MemoryStore());

public sealed class RejectOnSqlite() : RejectContract(new SqliteStore());

public sealed class RejectOnPostgres() : RejectContract(new PostgresStore());

public sealed class RecordsOnMemory() : RecordsContract(new MemoryStore());

public sealed class RecordsOnSqlite() : RecordsContract(new SqliteStore());

public sealed class RecordsOnPostgres() : RecordsContract(new PostgresStore());

public sealed class StatesOnMemory() : StatesContract(new MemoryStore());

public sealed class StatesOnSqlite() : StatesContract(new SqliteStore());

public sealed class StatesOnPostgres() : StatesContract(new PostgresStore());

public sealed class ScanOnTwoLanes() : ScanContract(new PostgresStore(lanes: 2));

public sealed class DueOnTwoLanes() : DueContract(new PostgresStore(lanes: 2));

public sealed class EraseOnTwoLanes() : EraseContract(new PostgresStore(lanes: 2));

public sealed class CommitsOnMemory() : CommitsContract(new MemoryStore());

public sealed class CommitsOnSqlite() : CommitsContract(new SqliteStore());

public sealed class CommitsOnPostgres() : CommitsContract(new PostgresStore());

public sealed class CommitsOnTwoLanes() : CommitsContract(new PostgresStore(lanes: 2));

public sealed class PartitionOnMemory() : PartitionContract(new MemoryStore());

public sealed class PartitionOnSqlite() : PartitionContract(new SqliteStore());

public sealed class PartitionOnPostgres() : PartitionContract(new PostgresStore());

public sealed class PartitionOnTwoLanes() : PartitionContract(new PostgresStore(lanes: 2));
