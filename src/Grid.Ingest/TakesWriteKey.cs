namespace Grid.Ingest;

/// <summary>Marks an endpoint that checks the write key itself, because the Segment API allows it in the body as well.</summary>
public sealed class TakesWriteKey;
