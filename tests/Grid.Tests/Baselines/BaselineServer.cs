using Grid.Grains;
using Grid.Grains.Clocks;
using Grid.Grains.Customers;
using Grid.Grains.Rules;
using Grid.Ledger;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;
using Grid.Server.Configuration;
using Grid.Server.Replay;
using Grid.Testing.Servers;
using Xunit;

namespace Grid.Tests.Baselines;

/// <summary>A real server with schemes of its own and a clock that the test moves; it records the orders that it sent.</summary>
internal sealed class BaselineServer : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] Classes = ["111", "110", "101", "100", "011", "010", "001", "000"];
    private readonly string _folder = Directory.CreateTempSubdirectory("grid-baseline-").FullName;
    private readonly SimulatedClock _clock = new(Start);
    private readonly List<Sale> _sales = [];
    private RunningServer _server = null!;

    public IReadOnlyList<Sale> Sales => _sales;

    public Instant Now => Instant.From(_clock.GetUtcNow());

    public Uri Address => _server.Address;

    public CurrentRules Rules => Of<CurrentRules>();

    public static async Task<BaselineServer> Open(params IEnumerable<(string Id, string Yaml)> schemes)
    {
        var server = new BaselineServer();
        var folder = Directory.CreateDirectory(Path.Combine(server._folder, "schemes")).FullName;
        foreach (var (id, yaml) in schemes) await File.WriteAllTextAsync(Path.Combine(folder, $"{id}.yaml"), yaml);
        await server.Run();
        return server;
    }

    /// <summary>The eight classes over 30 rolling days.</summary>
    /// <param name="baseline">The policy as written in a scheme file.</param>
    public static (string Id, string Yaml) ClassesBy(string id, string mode, string baseline)
    {
        string Bit(char bit) => bit == '1' ? "yes" : "no";
        var rules = Classes.Select(code => (code, $"{{ all: [scored = yes, high.r = {Bit(code[0])}, high.f = {Bit(code[1])}, high.m = {Bit(code[2])}] }}"));
        return (id, Scheme(id, mode, baseline, rules));
    }

    /// <summary>One layer per score of one dimension.</summary>
    public static (string Id, string Yaml) ScoresBy(string id, string mode, char dimension) =>
        (id, Scheme(id, mode, "continuous", Enumerable.Range(1, 5).Select(score => ($"s{score}", $"score.{dimension} = {score}"))));

    public T Of<T>()
        where T : notnull => _server.Of<T>();

    /// <summary>Stops and starts the server: no customer is in memory afterwards.</summary>
    public async Task Restart()
    {
        await _server.DisposeAsync();
        await Run();
    }

    public async Task Pass(TimeSpan time)
    {
        _clock.Advance(time);
        await _server.Services.WakeDue(Now);
    }

    public async Task Buy(string customer, long amount)
    {
        var id = $"o{_sales.Count}";
        _sales.Add(new Sale(customer, Now.Milliseconds, amount));
        await Of<IGrainFactory>().Customer(new CustomerId(customer)).Record(new FactBatch([new OrderPaid(Now, MessageKey.From(id), id, amount)]));
    }

    public Task<int> Publish() => _server.Services.PublishBaseline(Now);

    public async Task<List<DumpRow>> Rows()
    {
        var rows = new List<DumpRow>();
        var dump = new Dump(Of<ILedger>(), Rules, Of<GridClock>());
        await foreach (var row in dump.Rows(TestContext.Current.CancellationToken)) rows.Add(row);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Run() => _server = await RunningServer.Start(
        new GridOptions { Data = Path.Combine(_folder, "data"), Schemes = Path.Combine(_folder, "schemes") }, _clock, GridPace.ByDriver);

    private static string Scheme(string id, string mode, string baseline, IEnumerable<(string Layer, string When)> rules)
    {
        string Layer(string layer) => $"  - {{ id: \"{layer}\", name: {{ zh: 层, en: Layer }}, playbook: {{ zh: 做{layer}, en: do {layer} }} }}";
        string Quoted(string when) => when.StartsWith('{') ? when : $"\"{when}\"";
        var written = rules.ToList();
        return $$"""
            id: {{id}}
            name: { zh: 方案, en: Scheme }
            description: { zh: 测试, en: For a test }
            baseline: {{baseline}}
            cutMargin: 0
            rfm: { window: 30d, scores: {{mode}}, highMargin: 0 }
            layers:
            {{string.Join('\n', written.Select(rule => Layer(rule.Layer)).Append(Layer("rest")))}}
            rules:
            {{string.Join('\n', written.Select(rule => $"  - {{ layer: \"{rule.Layer}\", when: {Quoted(rule.When)} }}"))}}
              - { layer: rest }
            """;
    }
}

/// <summary>An order that was sent to the server.</summary>
internal sealed record Sale(string Customer, long At, long Amount);
