using System.Text;
using Grid.Grains.Calendars;
using Grid.Model;
using Grid.Model.Evaluation;
using Grid.Model.Schemes;
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
        var compiled = Compile(files);
        if (compiled.Content is not { } content) return new PublishReply(latest?.Number ?? 0, false, compiled.Faults);

        var isNew = latest is null || !latest.Files.SequenceEqual(files);
        if (isNew)
        {
            var rulebook = new Rulebook((latest?.Number ?? 0) + 1, at, content);
            history.Add(new PublishedRulebook(rulebook.Number, at.Milliseconds, files, RulebookLayout.Of(rulebook)));
            await stored.WriteStateAsync();
        }

        PutInForce(content);
        return new PublishReply(history[^1].Number, isNew, []);
    }

    private void PutInForce(RulebookContent content)
    {
        var latest = stored.State.History[^1];
        var rulebook = new Rulebook(latest.Number, new Instant(latest.PublishedAt), content);
        index.UseMeasures(rulebook.Measures.Count);
        rules.Publish(rulebook, stored.State.History.ToDictionary(published => published.Number, published => published.Layout));
    }

    private RulebookResult Compile(IReadOnlyList<SchemeSource> files) =>
        RulebookCompiler.Compile(SchemeFolder.Read(files.Select(file => (file.File, Encoding.UTF8.GetBytes(file.Yaml)))), currency);
}
