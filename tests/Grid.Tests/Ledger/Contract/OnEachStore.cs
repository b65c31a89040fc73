namespace Grid.Tests.Ledger.Contract;

public sealed class CommitOnMemory() : CommitContract(new MemoryStore());

public sealed class CommitOnSqlite() : CommitContract(new SqliteStore());

public sealed class TailOnMemory() : TailContract(new MemoryStore());

public sealed class TailOnSqlite() : TailContract(new SqliteStore());

public sealed class DueOnMemory() : DueContract(new MemoryStore());

public sealed class DueOnSqlite() : DueContract(new SqliteStore());

public sealed class ScanOnMemory() : ScanContract(new MemoryStore());

public sealed class ScanOnSqlite() : ScanContract(new SqliteStore());

public sealed class EraseOnMemory() : EraseContract(new MemoryStore());

public sealed class EraseOnSqlite() : EraseContract(new SqliteStore());

public sealed class RejectOnMemory() : RejectContract(new MemoryStore());

public sealed class RejectOnSqlite() : RejectContract(new SqliteStore());

public sealed class RecordsOnMemory() : RecordsContract(new MemoryStore());

public sealed class RecordsOnSqlite() : RecordsContract(new SqliteStore());
