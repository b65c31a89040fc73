using Grid.Grains.Populations;
using Grid.Grains.Rulebooks;
using Grid.Model.Time;

namespace Grid.Live.Segments.Values;

/// <summary>
/// Reads what segments are worth, each answer from one pass over all customers. An answer is kept for some seconds, and those who ask
/// the same meanwhile wait for the same pass.
/// </summary>
internal sealed class SegmentValues(PopulationPass population, CurrentRules rules, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(LiveLimits.ValueKeptSeconds);
    private readonly Lock _gate = new();

    // Touched under the gate only. Answers that were kept too long are forgotten with the next question.
    private readonly Dictionary<Question, Asked> _asked = [];

    /// <summary>Null when too many passes are waiting already.</summary>
    /// <param name="scheme">One of the rulebook in force.</param>
    /// <param name="window">As the scheme's calendar counts it.</param>
    /// <param name="cancellation">Ends the waiting of this caller, not the pass, which others may wait for.</param>
    public Task<ValueAnswer?> Read(string scheme, Window window, CancellationToken cancellation)
    {
        var question = new Question(rules.Value.Rulebook.Number, scheme, window.Text);
        Asked? asked;
        lock (_gate)
        {
            foreach (var (old, answered) in _asked.ToList())
                if (answered.EndedAt is { } ended && time.GetElapsedTime(ended) >= Kept)
                    _asked.Remove(old);
            if (!_asked.TryGetValue(question, out asked))
            {
                if (_asked.Count >= LiveLimits.ValuesKeptMax) return Task.FromResult<ValueAnswer?>(null);
                asked = new Asked(() => Read(scheme, window));
                _asked.Add(question, asked);
                _ = End(question, asked);
            }
        }

        return asked.Answer.WaitAsync(cancellation);
    }

    private async Task<ValueAnswer?> Read(string scheme, Window window)
    {
        var pass = await population.TryRun(start => new ValueTally(start, IndexOf(scheme, start), window), null, CancellationToken.None);
        if (pass is null) return null;
        var tally = pass.Visitors[0];
        foreach (var part in pass.Visitors.Skip(1)) tally.Add(part);
        return ValueAnswer.Of(scheme, window, pass, tally);
    }

    /// <summary>An answer is kept from when it is there; one that could not be given is not.</summary>
    private async Task End(Question question, Asked asked)
    {
        await ((Task)asked.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        var isGiven = asked.Answer.IsCompletedSuccessfully && await asked.Answer is not null;
        lock (_gate)
        {
            if (isGiven) asked.EndedAt = time.GetTimestamp();
            else _asked.Remove(question);
        }
    }

    private static int IndexOf(string scheme, PassStart start)
    {
        var schemes = start.Rules.Rulebook.Schemes;
        for (var index = 0; index < schemes.Count; index++)
            if (schemes[index].Id == scheme)
                return index;
        throw new InvalidOperationException($"The scheme {scheme} left the rulebook while it was asked for.");
    }

    private readonly record struct Question(int Rulebook, string Scheme, string Window);

    private sealed class Asked(Func<Task<ValueAnswer?>> read)
    {
        public Task<ValueAnswer?> Answer { get; } = Task.Run(read);

        /// <summary>Null while the pass runs.</summary>
        public long? EndedAt { get; set; }
    }
}
