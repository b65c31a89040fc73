using System.Text.Json.Serialization;

namespace Grid.Delivery.WeCom;

/// <summary>
/// What every response has. Source of the shapes: developer.work.weixin.qq.com/document/path/ 91039 (gettoken), 92117 and 96320 (corp tags), 92697 (mark_tag),
/// 92114 (externalcontact/get).
/// </summary>
internal record WeComResponse
{
    [JsonPropertyName("errcode")]
    public int Code { get; init; }

    [JsonPropertyName("errmsg")]
    public string? Message { get; init; }
}

/// <summary>The response of <c>gettoken</c>.</summary>
internal sealed record TokenResponse : WeComResponse
{
    [JsonPropertyName("access_token")]
    public string? Token { get; init; }

    [JsonPropertyName("expires_in")]
    public long ExpiresInSeconds { get; init; }

    /// <summary>Never the token.</summary>
    public override string ToString() => $"token for {ExpiresInSeconds} s";
}

/// <summary>A corp tag.</summary>
internal sealed record CorpTag(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("deleted")] bool Deleted = false);

/// <summary>A group of corp tags.</summary>
internal sealed record CorpTagGroup(
    [property: JsonPropertyName("group_id")] string Id,
    [property: JsonPropertyName("group_name")] string Name,
    [property: JsonPropertyName("tag")] IReadOnlyList<CorpTag>? Tags,
    [property: JsonPropertyName("deleted")] bool Deleted = false);

/// <summary>The request of <c>get_corp_tag_list</c>; without ids it lists all tags.</summary>
internal sealed record ListTagsRequest;

/// <summary>The response of <c>get_corp_tag_list</c>.</summary>
internal sealed record ListTagsResponse : WeComResponse
{
    [JsonPropertyName("tag_group")]
    public IReadOnlyList<CorpTagGroup>? Groups { get; init; }
}

/// <summary>A tag to add. WeCom shows tags with a larger order first.</summary>
internal sealed record NewTag([property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("order")] int Order);

/// <summary>The request of <c>add_corp_tag</c>: an existing group by its id, or a new or existing one by its name.</summary>
internal sealed record AddTagsRequest(
    [property: JsonPropertyName("group_id")] string? GroupId,
    [property: JsonPropertyName("group_name")] string? GroupName,
    [property: JsonPropertyName("tag")] IReadOnlyList<NewTag> Tags);

/// <summary>The response of <c>add_corp_tag</c>.</summary>
internal sealed record AddTagsResponse : WeComResponse
{
    [JsonPropertyName("tag_group")]
    public CorpTagGroup? Group { get; init; }
}

/// <summary>The request of <c>mark_tag</c>; one of the lists must not be empty.</summary>
internal sealed record MarkTagRequest(
    [property: JsonPropertyName("userid")] string UserId,
    [property: JsonPropertyName("external_userid")] string ExternalUserId,
    [property: JsonPropertyName("add_tag")] IReadOnlyList<string>? Add,
    [property: JsonPropertyName("remove_tag")] IReadOnlyList<string>? Remove);

/// <summary>A tag that a member gave a contact.</summary>
/// <param name="Id">Absent for tags of members (type 2).</param>
/// <param name="Type">1 corp tag, 2 the member's own, 3 of a rule group.</param>
internal sealed record ContactTag(
    [property: JsonPropertyName("group_name")] string? GroupName,
    [property: JsonPropertyName("tag_name")] string? Name,
    [property: JsonPropertyName("tag_id")] string? Id,
    [property: JsonPropertyName("type")] int Type);

/// <summary>A member who added the contact.</summary>
internal sealed record Follower(
    [property: JsonPropertyName("userid")] string UserId,
    [property: JsonPropertyName("tags")] IReadOnlyList<ContactTag>? Tags);

/// <summary>The response of <c>externalcontact/get</c>, at most 500 followers. Personal data of the contact is not read.</summary>
internal sealed record ContactResponse : WeComResponse
{
    [JsonPropertyName("follow_user")]
    public IReadOnlyList<Follower>? Followers { get; init; }

    [JsonPropertyName("next_cursor")]
    public string? NextCursor { get; init; }
}

/// <summary>Reads and writes the messages; write them by <see cref="PlainJson"/>.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WeComResponse))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(ListTagsRequest))]
[JsonSerializable(typeof(ListTagsResponse))]
[JsonSerializable(typeof(AddTagsRequest))]
[JsonSerializable(typeof(AddTagsResponse))]
[JsonSerializable(typeof(MarkTagRequest))]
[JsonSerializable(typeof(ContactResponse))]
internal sealed partial class WeComJson : JsonSerializerContext;
