using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Grid.Grains.Populations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Grid.Api.Previews;

/// <summary>
/// Answers a request that takes some seconds. A client that accepts <c>application/x-ndjson</c> gets lines of progress and the result as the last
/// line; other clients get only the result. Closing the connection ends the work.
/// </summary>
internal static class ProgressResponse
{
    private const string Lines = "application/x-ndjson";

    public static async Task<Results<Ok<T>, PushStreamHttpResult>> Of<T>(
        HttpContext context, TimeProvider time, JsonTypeInfo<T> shape, Func<IProgress<ScanStep>?, CancellationToken, Task<T>> work)
        where T : class
    {
        if (!context.Request.Headers.Accept.Any(accept => accept?.Contains(Lines, StringComparison.OrdinalIgnoreCase) == true))
            return TypedResults.Ok(await work(null, context.RequestAborted));
        return TypedResults.Stream(body => Write(body, time, shape, work, context.RequestAborted), Lines);
    }

    private static async Task Write<T>(
        Stream body,
        TimeProvider time,
        JsonTypeInfo<T> shape,
        Func<IProgress<ScanStep>?, CancellationToken, Task<T>> work,
        CancellationToken cancellation)
    {
        var latest = new ConflatedProgress();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var working = Task.Run(() => work(latest, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var progress in latest.Until(working, time, cancellation))
                await Line(body, "progress", new ProgressView(progress.Done, progress.Total), ApiJson.Default.ProgressView, cancellation);
            await Line(body, "result", await working, shape, cancellation);
        }
        finally
        {
            // A client that waits for the answer must not continue before the work has ended.
            await stop.CancelAsync();
            await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task Line<T>(Stream body, string name, T value, JsonTypeInfo<T> shape, CancellationToken cancellation)
    {
        var line = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, shape);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        await body.WriteAsync(line.WrittenMemory, cancellation);
        await body.FlushAsync(cancellation);
    }
}

/// <param name="Done">Customers visited so far, over all scans.</param>
/// <param name="Total">Never less than <paramref name="Done"/>.</param>
public sealed record ProgressView(long Done, long Total);
