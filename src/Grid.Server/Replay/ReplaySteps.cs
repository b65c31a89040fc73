using Grid.Grains;
using Grid.Grains.Calls;
using Grid.Grains.Customers;
using Grid.Ingest.Imports;
using Grid.Model.Customers;
using Grid.Model.Facts;
using Grid.Model.Time;

namespace Grid.Server.Replay;

/// <summary>
/// Gathers lines that are close in time and records them together, each customer's in order. A step spans at most an hour and
/// <see cref="EventsMax"/> events. Only when all are recorded, the deadlines up to the last of them are worked off: a customer's own deadlines are
/// passed between its events by its grain, so that none passes before an event that came before it.
/// </summary>
internal sealed class ReplaySteps(ReplayDriver driver, IGrainFactory grains, GrainCalls calls)
{
    public const int EventsMax = 8_192;
    private const int CustomersAtOnceMax = 512;
    private readonly Dictionary<string, List<Fact>> _facts = [];
    private Instant _first;
    private Instant _last = Instant.Beginning;
    private bool _isLate;
    private int _gathered;

    public long Accepted { get; private set; }

    public long Duplicates { get; private set; }

    public long Rejected { get; private set; }

    /// <summary>The first rejections, as <c>file:line: reason</c>.</summary>
    public List<string> Reasons { get; } = [];

    /// <summary>The latest instant of any event.</summary>
    public Instant Last => _last;

    public async Task Take(string file, ImportedLine line, CancellationToken cancellation)
    {
        if (line.Fact is not { } fact)
        {
            Reject($"{file}:{line.Line}: {line.Reason}");
            return;
        }

        driver.Begin(fact.At);
        await MakeWay(fact.At, cancellation);
        if (_gathered++ == 0) _first = fact.At;
        if (!_facts.TryGetValue(line.Customer.Value, out var facts)) _facts.Add(line.Customer.Value, facts = []);
        facts.Add(fact);
        _last = Instant.Max(_last, fact.At);
    }

    public async Task Flush(CancellationToken cancellation)
    {
        if (_gathered == 0) return;
        driver.MoveTo(_last);
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = CustomersAtOnceMax, CancellationToken = cancellation };
        var lane = new Lock();
        await Parallel.ForEachAsync(_facts, bounded, async (customer, _) =>
        {
            var reply = await calls.Call(
                (Grain: grains.Customer(new CustomerId(customer.Key)), Batch: new FactBatch(customer.Value)),
                static call => call.Grain.Record(call.Batch));
            lock (lane) Count(customer.Key, reply);
        });
        _facts.Clear();
        _gathered = 0;
        await driver.AdvanceTo(_last, cancellation);
    }

    /// <summary>Ends the step when the next event does not belong to it, and publishes the baselines that are due before that event.</summary>
    private async Task MakeWay(Instant next, CancellationToken cancellation)
    {
        // Late events take effect at the present instant, which the step must not move for them.
        var isLate = next < _last;
        var isApart = _gathered > 0 && (isLate != _isLate || (!isLate && next.Milliseconds - _first.Milliseconds > MillisecondsPer.Hour));
        if (isApart || _gathered == EventsMax) await Flush(cancellation);
        _isLate = isLate;
        while (driver.NextBaseline < next)
        {
            await Flush(cancellation);
            await driver.PassBaseline(cancellation);
        }
    }

    private void Count(string customer, RecordReply reply)
    {
        foreach (var outcome in reply.Outcomes)
        {
            if (outcome.Kind == OutcomeKind.Accepted) Accepted++;
            else if (outcome.Kind == OutcomeKind.Duplicate) Duplicates++;
            else Reject($"customer {customer}: {outcome.Reason}");
        }
    }

    private void Reject(string reason)
    {
        Rejected++;
        if (Reasons.Count < 10) Reasons.Add(reason);
    }
}
