using System.Text;
using Grid.Grains.Calendars;
using Grid.Model;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Schemes.Files;
using Grid.Model.Time;
using Orleans;
using Orleans.Runtime;

namespace Grid.Grains.Rulebooks;

[KeepAlive]
public sealed class RulebookGrain(
    [PersistentState("rulebook")] IPersistentState<RulebookState> stored, CurrentRules rules, CustomerIndex index, Currency currency)
    : Grain, IRulebookGrain
{
    public async Task<PublishReply> Publish(IReadOnlyList<SchemeSource> files, Instant at)
    {
        var history = stored.State.History;
        var latest = history.LastOrDefault();
        var (schemes, faults) = Compile(files);
        if (faults.Count > 0) return new PublishReply(latest?.Number ?? 0, false, faults);

        var isNew = latest is null || !latest.Files.SequenceEqual(files);
        if (isNew)
        {
            var rulebook = new Rulebook((latest?.Number ?? 0) + 1, at, schemes);
            history.Add(new PublishedRulebook(rulebook.Number, at.Milliseconds, files, RulebookLayout.Of(rulebook)));
            await stored.WriteStateAsync();
        }

        PutInForce(schemes);
        return new PublishReply(history[^1].Number, isNew, []);
    }

    private void PutInForce(IReadOnlyList<Scheme> schemes)
    {
        var latest = stored.State.History[^1];
        var rulebook = new Rulebook(latest.Number, new Instant(latest.PublishedAt), schemes);
        index.UseMeasures(rulebook.Measures.Count);
        rules.Publish(rulebook, stored.State.History.ToDictionary(published => published.Number, published => published.Layout));
    }

    private (List<Scheme> Schemes, List<Fault> Faults) Compile(IReadOnlyList<SchemeSource> files)
    {
        var read = SchemeFolder.Read(files.Select(file => (file.File, Encoding.UTF8.GetBytes(file.Yaml))));
        var faults = read.Faults.ToList();
        var schemes = new List<Scheme>();
        foreach (var definition in read.Schemes)
        {
            var (scheme, found) = SchemeCompiler.Compile(definition, currency);
            faults.AddRange(found);
            if (scheme is not null) schemes.Add(scheme);
        }

        if (faults.Count == 0 && schemes.Count == 0) faults.Add(new Fault(new Place("schemes", 1, 1), "There is no scheme file; a rulebook has at least one."));
        return (schemes, faults);
    }
}
