namespace Grid.Ingest;

/// <summary>
/// The body of a way in, for the OpenAPI document. <c>Accepts</c> would also refuse other content types, before the handler can say which it expects.
/// </summary>
/// <param name="Type">Its shape.</param>
/// <param name="ContentTypes">Those that the handler takes.</param>
public sealed record DescribedBody(Type Type, params IReadOnlyList<string> ContentTypes);
