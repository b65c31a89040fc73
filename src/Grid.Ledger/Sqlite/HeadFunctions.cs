using Grid.Ledger.Log;
using Grid.Model.Bytes;
using SQLitePCL;

namespace Grid.Ledger.Sqlite;

/// <summary>C# functions that a migration calls in SQL.</summary>
internal static class HeadFunctions
{
    /// <summary>partition_of(id) and head_of(state).</summary>
    public static void Define(Database database)
    {
        var writer = new ByteWriter();
        database.Define("partition_of", static (context, id) =>
            raw.sqlite3_result_int(context, PartitionOf.Customer(raw.sqlite3_value_blob(id))));
        database.Define("head_of", (context, state) => Answer(context, writer, raw.sqlite3_value_blob(state)));
    }

    private static void Answer(sqlite3_context context, ByteWriter writer, ReadOnlySpan<byte> state)
    {
        try
        {
            writer.Clear();
            HeadCodec.Encode(writer, state);
            raw.sqlite3_result_blob(context, writer.Written);
        }
        catch (InvalidDataException failure)
        {
            // An exception must not pass through SQLite. The error code is set last, because setting a message sets a code of its own.
            raw.sqlite3_result_error(context, failure.Message);
            raw.sqlite3_result_error_code(context, raw.SQLITE_CORRUPT);
        }
    }
}
