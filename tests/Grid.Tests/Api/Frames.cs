using System.Text.Json;

namespace Grid.Tests.Api;

/// <summary>Reads frames with a time limit: a test that waits in vain fails instead of hanging.</summary>
internal static class Frames
{
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static async Task<JsonElement> First(this IAsyncEnumerable<JsonElement> frames)
    {
        await foreach (var frame in frames.Within(GridApplication.Patience)) return frame;
        throw new InvalidOperationException("The stream ended without a frame.");
    }

    public static async IAsyncEnumerable<JsonElement> Within(this IAsyncEnumerable<JsonElement> frames, TimeSpan patience)
    {
        using var impatience = new CancellationTokenSource(patience);
        await using var reading = frames.GetAsyncEnumerator(impatience.Token);
        while (await Next(reading, impatience.Token)) yield return reading.Current;
    }

    private static async Task<bool> Next(IAsyncEnumerator<JsonElement> reading, CancellationToken impatience)
    {
        try
        {
            return await reading.MoveNextAsync();
        }
        catch (OperationCanceledException cancelled) when (impatience.IsCancellationRequested)
        {
            throw new TimeoutException("The frame that a test waited for did not come.", cancelled);
        }
    }
}
