using Grid.Delivery.WeCom;
using Grid.Model.Customers;
using Xunit;

namespace Grid.Delivery.Tests.WeCom;

/// <summary>A double of WeCom, a clock, and what calls the double; new for each test.</summary>
public abstract class WeComTest : IAsyncLifetime
{
    internal const string Member = "zhangsan";
    internal const string ListTags = "externalcontact/get_corp_tag_list";
    internal const string AddTags = "externalcontact/add_corp_tag";
    internal const string MarkTag = "externalcontact/mark_tag";
    internal const string GetContact = "externalcontact/get";
    internal const string GetToken = "gettoken";

    private readonly List<IDisposable> _made = [];

    internal ManualClock Clock { get; } = new();

    internal WeComDouble WeCom { get; private set; } = null!;

    internal WeComOptions Options => new()
    {
        CorpId = WeComDouble.CorpId,
        Secret = WeComDouble.Secret,
        BaseUrl = WeCom.Url,
        TagGroups = new Dictionary<string, string> { ["journey"] = "旅程", ["value3"] = "价值" },
    };

    internal static MirroredScheme Journey { get; } =
        new("journey", [new("new", "新客"), new("first", "首单"), new("repeat", "复购"), new("super", "超级用户")]);

    internal static MirroredScheme Value { get; } = new("value3", [new("none", "无"), new("low", "低"), new("mid", "中"), new("high", "高")]);

    public async ValueTask InitializeAsync() => WeCom = await WeComDouble.StartAsync(Clock);

    public async ValueTask DisposeAsync()
    {
        foreach (var made in _made) made.Dispose();
        await WeCom.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal WeComApi Api(WeComOptions? options = null)
    {
        var settings = options ?? Options;
        return Keep(new WeComApi(Keep(TagMirror.CreateClient(settings)), settings, Clock));
    }

    internal TagMirror Mirror(WeComOptions? options = null, params IEnumerable<KnownTag> known)
    {
        var settings = options ?? Options;
        return Keep(new TagMirror(Keep(TagMirror.CreateClient(settings)), settings, known, Clock));
    }

    internal async Task<TagMirror> ReadyMirrorAsync(WeComOptions? options = null)
    {
        var mirror = Mirror(options);
        _ = (CatalogueReady)await mirror.EnsureTagsAsync([Journey, Value], CancellationToken.None);
        return mirror;
    }

    internal static WeComCustomer Customer(string external = "wm-1", string? member = Member) => new(new CustomerId($"c-{external}"), member, external);

    private T Keep<T>(T made) where T : IDisposable
    {
        _made.Add(made);
        return made;
    }
}
