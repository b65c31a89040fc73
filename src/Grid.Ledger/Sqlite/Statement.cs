using System.Text;
using SQLitePCL;

namespace Grid.Ledger.Sqlite;

/// <summary>
/// A prepared statement. Parameters are numbered from 1, columns from 0. It calls SQLite directly, because the lane binds and steps some hundred
/// thousand times a second and must not allocate.
/// </summary>
internal sealed class Statement(sqlite3 database, sqlite3_stmt statement, string name) : IDisposable
{
    private byte[] _text = new byte[256];

    public Statement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, long? value)
    {
        Check(value is { } known ? raw.sqlite3_bind_int64(statement, parameter, known) : raw.sqlite3_bind_null(statement, parameter));
        return this;
    }

    public Statement Bind(int parameter, string? value)
    {
        if (value is null)
        {
            Check(raw.sqlite3_bind_null(statement, parameter));
            return this;
        }

        var size = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (_text.Length < size) _text = new byte[size];
        var length = Encoding.UTF8.GetBytes(value, _text);
        Check(length == 0
            ? raw.sqlite3_bind_text(statement, parameter, string.Empty)
            : raw.sqlite3_bind_text(statement, parameter, _text.AsSpan(0, length)));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(statement, parameter, 0)
            : raw.sqlite3_bind_blob(statement, parameter, value));
        return this;
    }

    public Statement BindNull(int parameter)
    {
        Check(raw.sqlite3_bind_null(statement, parameter));
        return this;
    }

    /// <summary>Whether there is a row. When there is, the caller resets the statement after reading it.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE)
        {
            Reset();
            return false;
        }

        var failure = SqliteFailure.From(code, database, $"running '{name}'");
        Reset();
        throw failure;
    }

    /// <summary>Runs a statement without rows.</summary>
    public void Run()
    {
        if (!Step()) return;
        Reset();
        throw new InvalidOperationException($"'{name}' gave a row where none was expected.");
    }

    /// <summary>The first column of the only row.</summary>
    public long Number()
    {
        var value = Step() ? raw.sqlite3_column_int64(statement, 0) : 0;
        Reset();
        return value;
    }

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    public void Reset() => raw.sqlite3_reset(statement); // Returns the error of the last step again, which was already thrown.

    public void Dispose() => statement.Dispose();

    private void Check(int code)
    {
        // The text is built only for a failure: each row binds five values.
        if (code != raw.SQLITE_OK) SqliteFailure.Check(code, database, $"binding '{name}'");
    }
}
