using System.Text.Json.Nodes;

namespace Grid.Ingest;

/// <summary>
/// A call of the Segment spec, for the OpenAPI document. The handlers read the bytes themselves and ignore fields that they do not know.
/// </summary>
/// <param name="Type">In a batch: track, identify, page, screen or group.</param>
/// <param name="UserId">The customer; a number is taken as its digits.</param>
/// <param name="AnonymousId">Without a userId the customer is <c>anonymous:</c> and this id.</param>
/// <param name="MessageId">Recognises the same call when it is sent again.</param>
/// <param name="Timestamp">When it occurred, ISO 8601; without one, when it arrives.</param>
/// <param name="SentAt">The sender's clock when it sent the call.</param>
/// <param name="Event">Of a track call: the name that is mapped to a fact.</param>
/// <param name="Name">Of a page or screen call.</param>
/// <param name="GroupId">Of a group call.</param>
/// <param name="Properties">What belongs to the event, such as order_id and total.</param>
/// <param name="Traits">Of an identify or group call.</param>
/// <param name="Context">As the SDK writes it.</param>
/// <param name="WriteKey">The key, where the sender can set no header.</param>
internal sealed record CallRequest(
    string? Type,
    string? UserId,
    string? AnonymousId,
    string? MessageId,
    DateTimeOffset? Timestamp,
    DateTimeOffset? SentAt,
    string? Event,
    string? Name,
    string? GroupId,
    JsonObject? Properties,
    JsonObject? Traits,
    JsonObject? Context,
    string? WriteKey);

/// <param name="Batch">At most 2,500 calls.</param>
/// <param name="SentAt">The sender's clock when it sent the batch.</param>
/// <param name="WriteKey">The key, where the sender can set no header.</param>
internal sealed record BatchRequest(IReadOnlyList<CallRequest> Batch, DateTimeOffset? SentAt, string? WriteKey);

/// <param name="Success">True: every item that was taken is durable. Left out with <c>strict=true</c>.</param>
/// <param name="Items">With <c>strict=true</c>: the outcome of each.</param>
/// <param name="LeftOut">With <c>strict=true</c>: parts of the batch itself that were not usable.</param>
internal sealed record CallResponse(bool? Success, IReadOnlyList<ItemOutcome>? Items, IReadOnlyList<LeftOutPart>? LeftOut);

/// <param name="Index">The item's place in the batch, from 0.</param>
/// <param name="MessageId">As it was sent.</param>
/// <param name="Outcome">accepted, duplicate or rejected.</param>
/// <param name="Reason">Why it was rejected, in the language of the request.</param>
/// <param name="Place">Where in the body.</param>
/// <param name="LeftOut">Optional parts of an accepted item that were not usable.</param>
internal sealed record ItemOutcome(
    int Index, string? MessageId, string Outcome, string? Reason, string? Place, IReadOnlyList<LeftOutPart>? LeftOut);

/// <param name="Reason">Why the part was left out, in the language of the request.</param>
/// <param name="Place">Where in the body.</param>
internal sealed record LeftOutPart(string Reason, string Place);

/// <param name="Accepted">Rows or lines that became facts.</param>
/// <param name="Duplicate">Those that were known.</param>
/// <param name="Rejected">Those that cannot be taken.</param>
/// <param name="AssumedZone">UTC where csv times are written without a zone and the request names none; else left out.</param>
/// <param name="AssumedZoneRows">How many rows that were.</param>
/// <param name="FirstRejections">The first hundred rejections.</param>
/// <param name="Error">Why the import ended early, in the language of the request.</param>
/// <param name="Place">Where it ended.</param>
internal sealed record ImportResponse(
    long Accepted,
    long Duplicate,
    long Rejected,
    string? AssumedZone,
    long? AssumedZoneRows,
    IReadOnlyList<RejectedLine> FirstRejections,
    string? Error,
    string? Place);

/// <param name="Line">From 1.</param>
/// <param name="Reason">Why it was rejected, in the language of the request.</param>
/// <param name="Place">Where in the file.</param>
internal sealed record RejectedLine(long Line, string Reason, string Place);
