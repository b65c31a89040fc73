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
    private readonly Dictionary<TQuestion, CachedAnswer> _answers = [];

    /// <summary>Null when the answer was refused, here or by <paramref name="read"/>.</summary>
    /// <param name="question">The key of the answer.</param>
    /// <param name="read">Computes the answer; null when it cannot do so now.</param>
    /// <param name="cancellation">Ends the waiting of this caller, not the computation, for which others may wait.</param>
    public Task<TAnswer?> Read(TQuestion question, Func<Task<TAnswer?>> read, CancellationToken cancellation)
    {
        CachedAnswer? cached;
        lock (_gate)
        {
            foreach (var (old, answered) in _answers.ToList())
                if (answered.EndedAt is { } ended && time.GetElapsedTime(ended) >= kept)
                    _answers.Remove(old);
            if (!_answers.TryGetValue(question, out cached))
            {
                if (_answers.Count >= keptMax) return Task.FromResult<TAnswer?>(null);
                cached = new CachedAnswer(read);
                _answers.Add(question, cached);
                _ = End(question, cached);
            }
        }

        return cached.Answer.WaitAsync(cancellation);
    }

    /// <summary>An answer expires after its time; a refused one is removed at once.</summary>
    private async Task End(TQuestion question, CachedAnswer cached)
    {
        await ((Task)cached.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        var isGiven = cached.Answer.IsCompletedSuccessfully && await cached.Answer is not null;
        lock (_gate)
        {
            if (isGiven) cached.EndedAt = time.GetTimestamp();
            else _answers.Remove(question);
        }
    }

    private sealed class CachedAnswer(Func<Task<TAnswer?>> read)
    {
        public Task<TAnswer?> Answer { get; } = Task.Run(read);

        /// <summary>Null while the answer is being computed.</summary>
        public long? EndedAt { get; set; }
    }
}
