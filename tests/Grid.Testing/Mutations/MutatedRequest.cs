namespace Grid.Testing.Mutations;

/// <summary>One request as a confused or hostile client would make it.</summary>
/// <param name="Body">Null for none.</param>
/// <param name="ContentType">Null for none.</param>
internal sealed record MutatedRequest(string Method, string Path, byte[]? Body = null, string? ContentType = null, bool IsGzip = false)
{
    public HttpRequestMessage ToMessage(Uri? server = null)
    {
        var address = new Uri(server ?? new Uri("http://localhost"), "/");
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(address.AbsoluteUri[..^1] + Path));
        if (Body is null) return message;
        message.Content = new ByteArrayContent(Body);
        if (ContentType is not null) message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        if (IsGzip) message.Content.Headers.ContentEncoding.Add("gzip");
        return message;
    }

    /// <summary>The text that a person needs to repeat the request.</summary>
    public override string ToString()
    {
        var body = Body is null ? "" : $" {Convert.ToBase64String(Body.AsSpan(0, Math.Min(Body.Length, 3_000)))}";
        return $"{Method} {Path} {ContentType}{(IsGzip ? " gzip" : "")}{body}";
    }
}
