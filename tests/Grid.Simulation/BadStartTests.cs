using System.Text;
using Grid.Testing;
using Grid.Testing.Servers;
using Shouldly;
using SQLitePCL;
using Xunit;

namespace Grid.Simulation;

/// <summary>A start with invalid arguments ends with exit code 2, a clear message and no stack trace.</summary>
public sealed class BadStartTests
{
    /// <summary>Arguments, in which <c>@</c> is replaced by a folder of the test's own, and a part of the expected message.</summary>
    public static TheoryData<string, string[]> Starts => new()
    {
        { "serve --data @ --listen http://0.0.0.0:0", ["--listen http://0.0.0.0:0 is open to others", "--key"] },
        { "serve --data @ --listen here", ["--listen is 'here'", "http://127.0.0.1:5080"] },
        { "serve --data @ --currency yuan", ["--currency is 'yuan'"] },
        { "serve --data @ --schemes @/none", ["there is no such folder"] },
        { "serve --data @ --schemes @/empty", ["There is no scheme file"] },
        { "serve --data @ --schemes @/faulty", ["faulty.yaml:3:", "faulty.yaml:8:"] },
        { "serve --data @ --schemes @/latin", ["latin.yaml", "UTF-8"] },
        { "serve --data @ --mapping @/none.yaml", ["there is no such file"] },
        { "serve --data @ --mapping @/faulty.mapping", ["faulty.mapping", "order-payed"] },
        { "serve --data @/file", ["file"] },
        { "serve --data @/newer", ["grid.db has schema version 99", "newer"] },
        { "serve --data @/foreign", ["grid.db is a SQLite file but not a ledger"] },
        { "serve --data @/damaged", ["damaged"] },
        { "audit --data @/newer", ["schema version 99"] },
        { "demo --data @ --day 0", ["--day is 0"] },
        { "demo --data @/half", ["demo.json"] },
        { "replay @/none.csv --data @", ["none.csv", "there is no such file"] },
        { "replay @/orders.csv --data @ --until someday", ["--until is 'someday'", "1998-06-30"] },
        { "replay @/orders.csv --data @ --speed 0", ["--speed is 0"] },
        { "replay @/empty.csv --data @", ["The files hold no event"] },
        { "replay @/columns.csv --data @", ["missing columns"] },
        { "replay @/zipped.csv.gz --data @", ["zipped.csv.gz"] },
    };

    [Theory]
    [MemberData(nameof(Starts))]
    public async Task SaysWhatIsWrong(string arguments, string[] message)
    {
        using var data = new DataFolder();
        PutFiles(data);

        var (exit, output) = await ServerProcess.Run([.. arguments.Split(' ').Select(one => one.Replace("@", data.Path))]);

        foreach (var part in message) output.ShouldContain(part);
        output.ShouldNotContain("Unhandled exception");
        output.ShouldNotContain("   at Grid.");
        exit.ShouldBe(2, output);
    }

    [Fact]
    public async Task OfASecondServerOnTheSameFolderLeavesTheFirstAlone()
    {
        using var data = new DataFolder();
        await using var first = await ServerProcess.Listen("serve", "--data", data.Path);

        var (exit, output) = await ServerProcess.Run("serve", "--data", data.Path, "--listen", "http://127.0.0.1:0");

        exit.ShouldBe(2, output);
        output.ShouldContain("is in use by another process");
        output.ShouldNotContain("   at Grid.");
        using var ready = await first.Http.GetAsync("/health/ready");
        ready.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task OnATakenPortNamesTheAddress()
    {
        using var data = new DataFolder();
        using var other = new DataFolder();
        await using var first = await ServerProcess.Listen("serve", "--data", data.Path);
        var address = first.Http.BaseAddress!.ToString().TrimEnd('/');

        var (exit, output) = await ServerProcess.Run("serve", "--data", other.Path, "--listen", address);

        exit.ShouldBe(2, output);
        output.ShouldContain($"{address}: address already in use");
        output.ShouldNotContain("Unhandled exception");
    }

    private static void PutFiles(DataFolder data)
    {
        foreach (var folder in new[] { "empty", "faulty", "latin", "newer", "foreign", "damaged", "half" })
            Directory.CreateDirectory(data.File(folder));
        File.WriteAllText(data.File("faulty/faulty.yaml"), """
            id: faulty
            name: { zh: 错, en: Faulty }
            kolor: red
            layers:
              - id: one
                name: { zh: 一, en: One }
                playbook: { zh: 一, en: One }
              - id: one
                name: { zh: 二, en: Two }
                playbook: { zh: 二, en: Two }
            rules:
              - layer: one
            """);
        File.WriteAllBytes(data.File("latin/latin.yaml"), Encoding.Latin1.GetBytes("id: caf\u00e9\n"));
        File.WriteAllText(data.File("faulty.mapping"), "events:\n  Bestellung: { fact: order-payed }\n");
        File.WriteAllText(data.File("half/demo.json"), """{"Clock":""");
        File.WriteAllText(data.File("file"), "not a folder");
        File.WriteAllText(data.File("damaged/grid.db"), new string('x', 8192));
        File.WriteAllText(data.File("orders.csv"), "customer_id,order_id,occurred_at,amount\nc,o,2026-01-01T00:00:00Z,100\n");
        File.WriteAllText(data.File("columns.csv"), "customer,order\nc,o\n");
        File.WriteAllText(data.File("empty.csv"), "customer_id,order_id,occurred_at,amount\n");
        File.WriteAllText(data.File("zipped.csv.gz"), "not zipped at all");
        Execute(data.File("newer/grid.db"), "CREATE TABLE customers(id); PRAGMA application_id = 0x47524944; PRAGMA user_version = 99");
        Execute(data.File("foreign/grid.db"), "CREATE TABLE albums(id)");
    }

    private static void Execute(string file, string sql)
    {
        Batteries_V2.Init();
        raw.sqlite3_open(file, out var database).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_exec(database, sql).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_close(database).ShouldBe(raw.SQLITE_OK);
    }
}
