namespace Grid.Api.Segments;

/// <summary>
/// Answers that cost a look at all customers. Each is kept for some time from when it is there, and those who ask the same meanwhile wait
/// for the same look.
/// </summary>
/// <param name="keptMax">Answers kept or being made; a further question is refused until the oldest are forgotten.</param>
internal sealed class ResponseCache<TQuestion, TAnswer>(TimeSpan kept, int keptMax, TimeProvider time)
    where TQuestion : notnull
    where TAnswer : class
{
    private readonly Lock _gate = new();

    // Touched under the gate only. Answers that were kept too long are forgotten with the next question.
    private readonly Dictionary<TQuestion, Asked> _asked = [];

    /// <summary>Null when it was refused, here or by <paramref name="read"/>.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="read">Makes the answer; null when it cannot be made now.</param>
    /// <param name="cancellation">Ends the waiting of this caller, not the making, which others may wait for.</param>
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

    /// <summary>An answer is kept from when it is there; one that could not be given is not.</summary>
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

        /// <summary>Null while the answer is being made.</summary>
        public long? EndedAt { get; set; }
    }
}
