namespace Grid.Testing;

/// <summary>Waits in tests: the time limit, and the message when it passes.</summary>
internal static class Patience
{
    public static TimeSpan Max { get; } = TimeSpan.FromSeconds(60);

    public static async Task WaitFor(this Task task, string what, TimeSpan? max = null)
    {
        try
        {
            await task.WaitAsync(max ?? Max);
        }
        catch (TimeoutException exception) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {max ?? Max} for {what}.", exception);
        }
    }

    public static async Task<T> WaitFor<T>(this Task<T> task, string what, TimeSpan? max = null)
    {
        await ((Task)task).WaitFor(what, max);
        return await task;
    }

    /// <summary>Polls until the answer is the expected one.</summary>
    public static async Task<T> Until<T>(Func<Task<T>> ask, Func<T, bool> hoped, string what, TimeSpan? max = null)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await ask();
            if (hoped(answer)) return answer;
            if (TimeProvider.System.GetElapsedTime(began) > (max ?? Max))
                throw new TimeoutException($"Waited {max ?? Max} for {what}; last: {answer}");
            await timer.WaitForNextTickAsync();
        }
    }
}
