namespace Grid.Api.Segments;

/// <summary>
/// A cache of answers that cost a scan of all customers. Each is kept for some time after it is complete; callers with the same question share it,
/// also while its scan runs.
/// </summary>
/// <param name="keptMax">The most cached and running answers; a further question is refused until the oldest expire.</param>
internal sealed class ResponseCache<TQuestion, TAnswer>(TimeSpan kept, int keptMax, TimeProvider time)
    where TQuestion : notnull
    where TAnswer : class
{
    private readonly Lock _gate = new();

    // Used under the gate only. Expired answers are removed by the next question.
    private readonly Dictionary<TQuestion, Asked> _asked = [];

    /// <summary>Null when the answer was refused, here or by <paramref name="read"/>.</summary>
    /// <param name="question">The key of the answer.</param>
    /// <param name="read">Computes the answer; null when it cannot do so now.</param>
    /// <param name="cancellation">Ends the waiting of this caller, not the computation, for which others may wait.</param>
    public Task<TAnswer?> Read(TQuestion question, Func<Task<TAnswer?>> read, CancellationToken cancellation)
    {
        Asked? asked;
        lock (_gate)
        {
            foreach (var (old, answered) in _asked.ToList())
                if (answered.EndedAt is { } ended && time.GetElapsedTime(ended) >= kept)
                    _asked.Remove(old);
            if (!_asked.TryGetValue(question, out asked))
            {
                if (_asked.Count >= keptMax) return Task.FromResult<TAnswer?>(null);
                asked = new Asked(read);
                _asked.Add(question, asked);
                _ = End(question, asked);
            }
        }

        return asked.Answer.WaitAsync(cancellation);
    }

    /// <summary>An answer expires after its time; a refused one is removed at once.</summary>
    private async Task End(TQuestion question, Asked asked)
    {
        await ((Task)asked.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        var isGiven = asked.Answer.IsCompletedSuccessfully && await asked.Answer is not null;
        lock (_gate)
        {
            if (isGiven) asked.EndedAt = time.GetTimestamp();
            else _asked.Remove(question);
        }
    }

    private sealed class Asked(Func<Task<TAnswer?>> read)
    {
        public Task<TAnswer?> Answer { get; } = Task.Run(read);

        /// <summary>Null while the answer is being computed.</summary>
        public long? EndedAt { get; set; }
    }
}
