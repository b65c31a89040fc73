using System.Text;

namespace Grid.Delivery.Webhooks;

/// <summary>Reads the beginning of a response's body.</summary>
internal static class ResponseExcerpt
{
    /// <summary>
    /// At most <see cref="DeliveryLimits.ResponseBodyBytesMax"/> bytes as text. The outcome is known by the status: a body that breaks off or takes longer
    /// than <see cref="DeliveryLimits.ResponseBodySeconds"/> gives what has arrived.
    /// </summary>
    /// <param name="deadline">Ends the reading as the bound of time does.</param>
    /// <param name="cancel">Ends the exchange.</param>
    public static async Task<string> Read(HttpContent content, TimeProvider clock, CancellationToken deadline, CancellationToken cancel)
    {
        var buffer = new byte[DeliveryLimits.ResponseBodyBytesMax];
        var length = 0;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(DeliveryLimits.ResponseBodySeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, deadline, cancel);
        try
        {
            await using var body = await content.ReadAsStreamAsync(either.Token);
            while (length < buffer.Length)
            {
                var read = await body.ReadAsync(buffer.AsMemory(length), either.Token);
                if (read == 0) break;
                length += read;
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            // The connection broke within the body.
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The body is slow.
        }

        return Encoding.UTF8.GetString(buffer, 0, WholeCharacters(buffer, length));
    }

    /// <summary>Leaves out a character that the bound cut in two.</summary>
    private static int WholeCharacters(byte[] bytes, int length)
    {
        if (length < bytes.Length) return length;
        var start = length - 1;
        while (start > length - 4 && (bytes[start] & 0xC0) == 0x80) start--;
        var needed = bytes[start] switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
        return start + needed > length ? start : length;
    }
}
