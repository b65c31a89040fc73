using System.Text.Json;
using System.Text.Json.Nodes;
using Grid.Delivery.WeCom;
using Microsoft.AspNetCore.Http;

namespace Grid.Delivery.Tests.WeCom;

internal sealed partial class WeComDouble
{
    // No public list names the code of a full corp; the adapter must not depend on it.
    private const int FullCorp = 999_001;

    private readonly HashSet<string> _edited = [];
    private int _ids;

    public int TagQuota { get; set; } = 3_000;

    public int FollowersPerPage { get; set; } = 500;

    /// <summary>Runs once, before the next tags are added: what somebody else does at the same time.</summary>
    public Action? BeforeAdding { get; set; }

    public List<Group> Groups { get; } = [];

    /// <summary>Contact to member to the ids of the member's tags.</summary>
    public Dictionary<string, Dictionary<string, HashSet<string>>> Contacts { get; } = [];

    public Tag AddTag(string group, string name)
    {
        lock (_lock)
        {
            var found = Groups.Find(one => one.Name == group);
            if (found is null) Groups.Add(found = new Group($"etGroup{++_ids}", group));
            var tag = new Tag($"etTag{++_ids}", name);
            found.Tags.Add(tag);
            return tag;
        }
    }

    public void AddContact(string externalUserId, string userId, params string[] tagIds)
    {
        lock (_lock)
        {
            if (!Contacts.TryGetValue(externalUserId, out var members)) Contacts[externalUserId] = members = [];
            members[userId] = [.. tagIds];
        }
    }

    /// <summary>The names of a contact's tags as its member sees them, sorted.</summary>
    public IReadOnlyList<string> TagsOf(string externalUserId, string userId)
    {
        lock (_lock)
        {
            var ids = Contacts[externalUserId][userId];
            return [.. Groups.SelectMany(group => group.Tags).Where(tag => ids.Contains(tag.Id)).Select(tag => tag.Name).Order(StringComparer.Ordinal)];
        }
    }

    private JsonObject Behave(HttpContext context, string api, string body) => (context.Request.Method, api) switch
    {
        ("GET", "gettoken") => GiveToken(context),
        ("POST", "externalcontact/get_corp_tag_list") => ListTags(),
        ("POST", "externalcontact/add_corp_tag") => AddTags(Parse(body)),
        ("POST", "externalcontact/mark_tag") => MarkTag(Parse(body)),
        ("GET", "externalcontact/get") => GetContact(context),
        _ => Error(404),
    };

    private static JsonElement Parse(string body) => JsonDocument.Parse(body).RootElement;

    private JsonObject GiveToken(HttpContext context)
    {
        lock (_lock)
        {
            var now = _clock.Now;
            if (context.Request.Query["corpid"] != CorpId || context.Request.Query["corpsecret"] != Secret)
            {
                CountWrongCall(now);
                return Error(WeComErrors.InvalidSecret);
            }

            // The same token until it expires.
            var (token, expiresAt) = _tokens.LastOrDefault(one => now < one.Value);
            if (token is null)
            {
                token = $"token-{++_ids}";
                _tokens[token] = expiresAt = now.Plus((long)TokenLife.TotalMilliseconds);
            }

            var response = Error(0);
            response["access_token"] = token;
            response["expires_in"] = (expiresAt.Milliseconds - now.Milliseconds) / 1_000;
            return response;
        }
    }

    private JsonObject ListTags()
    {
        lock (_lock)
        {
            var response = Error(0);
            response["tag_group"] = new JsonArray([.. Groups.Select(group => ToJson(group, group.Tags))]);
            return response;
        }
    }

    private JsonObject AddTags(JsonElement body)
    {
        lock (_lock)
        {
            var before = BeforeAdding;
            BeforeAdding = null;
            before?.Invoke();
            var group = body.TryGetProperty("group_id", out var id)
                ? Groups.Find(one => one.Id == id.GetString())
                : GroupByName(body.GetProperty("group_name").GetString()!);
            if (group is null) return Error(WeComErrors.InvalidTagId);
            var names = body.GetProperty("tag").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()!).ToList();
            if (names.Count == 0) return Error(40058);
            if (names.Any(name => name.Length is 0 or > 30)) return Error(40072);
            if (names.Any(name => group.Tags.Any(tag => tag.Name == name))) return Error(WeComErrors.TagExists);
            if (Groups.Sum(one => one.Tags.Count) + names.Count > TagQuota) return Error(FullCorp);
            var added = names.Select(name => new Tag($"etTag{++_ids}", name)).ToList();
            group.Tags.AddRange(added);
            if (!Groups.Contains(group)) Groups.Add(group);
            var response = Error(0);
            response["tag_group"] = ToJson(group, added);
            return response;
        }
    }

    private Group GroupByName(string name) => Groups.Find(one => one.Name == name) ?? new Group($"etGroup{++_ids}", name);

    private JsonObject MarkTag(JsonElement body)
    {
        var external = body.GetProperty("external_userid").GetString()!;
        lock (_lock)
        {
            // WeCom lets nobody edit a contact that is being edited.
            if (!_edited.Add(external)) return Error(WeComErrors.ConcurrencyLimit);
        }

        try
        {
            lock (_lock)
            {
                var (add, remove) = (Ids(body, "add_tag"), Ids(body, "remove_tag"));
                if (add.Count + remove.Count == 0) return Error(40058);
                if (!Contacts.TryGetValue(external, out var members)) return Error(WeComErrors.InvalidExternalUserId);
                if (!members.TryGetValue(body.GetProperty("userid").GetString()!, out var tags)) return Error(WeComErrors.NotAContact);
                var known = Groups.SelectMany(group => group.Tags).Select(tag => tag.Id).ToHashSet();
                if (!known.IsSupersetOf(add) || !known.IsSupersetOf(remove)) return Error(WeComErrors.InvalidTagId);
                tags.UnionWith(add);
                tags.ExceptWith(remove);
                return Error(0);
            }
        }
        finally
        {
            lock (_lock) _edited.Remove(external);
        }
    }

    private JsonObject GetContact(HttpContext context)
    {
        lock (_lock)
        {
            var external = context.Request.Query["external_userid"].ToString();
            if (!Contacts.TryGetValue(external, out var members)) return Error(WeComErrors.InvalidExternalUserId);
            var from = int.TryParse(context.Request.Query["cursor"], out var cursor) ? cursor : 0;
            var response = Error(0);
            response["external_contact"] = new JsonObject { ["external_userid"] = external, ["name"] = "李四", ["type"] = 1 };
            response["follow_user"] = new JsonArray(
            [
                .. members.Skip(from).Take(FollowersPerPage)
                    .Select(member => new JsonObject { ["userid"] = member.Key, ["createtime"] = 1_604_312_053, ["tags"] = TagsToJson(member.Value) }),
            ]);
            if (from + FollowersPerPage < members.Count) response["next_cursor"] = $"{from + FollowersPerPage}";
            return response;
        }
    }

    private JsonArray TagsToJson(HashSet<string> ids) => new(
    [
        .. Groups.SelectMany(group => group.Tags.Where(tag => ids.Contains(tag.Id)).Select(tag => new JsonObject
        {
            ["group_name"] = group.Name,
            ["tag_name"] = tag.Name,
            ["type"] = 1,
            ["tag_id"] = tag.Id,
        })),

        // A tag of the member's own has no id.
        new JsonObject { ["group_name"] = "自定义", ["tag_name"] = "朋友", ["type"] = 2 },
    ]);

    private static List<string> Ids(JsonElement body, string name) =>
        body.TryGetProperty(name, out var ids) ? [.. ids.EnumerateArray().Select(id => id.GetString()!)] : [];

    private static JsonObject ToJson(Group group, IEnumerable<Tag> tags) => new()
    {
        ["group_id"] = group.Id,
        ["group_name"] = group.Name,
        ["create_time"] = 1_557_838_797,
        ["order"] = 1,
        ["tag"] = new JsonArray(
            [.. tags.Select(tag => new JsonObject { ["id"] = tag.Id, ["name"] = tag.Name, ["create_time"] = 1_557_838_797, ["order"] = 1 })]),
    };

    internal sealed class Tag(string id, string name)
    {
        public string Id { get; } = id;

        public string Name { get; set; } = name;
    }

    internal sealed class Group(string id, string name)
    {
        public string Id { get; } = id;

        public string Name { get; set; } = name;

        public List<Tag> Tags { get; } = [];
    }
}
