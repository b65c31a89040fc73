using Grid.Delivery.WeCom;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.WeCom;

public sealed class WeComOptionsTests
{
    private static readonly WeComOptions Valid = new()
    {
        CorpId = "ww1",
        Secret = "s3cret",
        TagGroups = new Dictionary<string, string> { ["journey"] = "旅程" },
    };

    public static TheoryData<string, string, WeComOptions> Wrong => new()
    {
        { "corpId", "value_missing", Valid with { CorpId = "" } },
        { "corpId", "value_missing", Valid with { CorpId = "ww 1" } },
        { "secret", "value_missing", Valid with { Secret = "s\n" } },
        { "baseUrl", "url_form", Valid with { BaseUrl = new Uri("http://qyapi.weixin.qq.com") } },
        { "baseUrl", "url_form", Valid with { BaseUrl = new Uri("https://wecom.example.com/?x=1") } },
        { "baseUrl", "url_form", Valid with { BaseUrl = new Uri("/cgi-bin", UriKind.Relative) } },
        { "baseUrl", "url_form", Valid with { BaseUrl = new Uri("https://" + "u:p@wecom.example.com") } },
        { "tagGroups", "groups_missing", Valid with { TagGroups = new Dictionary<string, string>() } },
        { "tagGroups.a", "name_form", Valid with { TagGroups = new Dictionary<string, string> { ["a"] = new('组', 31) } } },
        { "tagGroups.a", "name_form", Valid with { TagGroups = new Dictionary<string, string> { ["a"] = " 组" } } },
        { "tagGroups.b", "group_repeated", Valid with { TagGroups = new Dictionary<string, string> { ["b"] = "组", ["a"] = "组" } } },
        { "userIdTrait", "value_missing", Valid with { UserIdTrait = "" } },
        { "externalUserIdTrait", "trait_repeated", Valid with { ExternalUserIdTrait = "wecom_userid" } },
        { "tagQuota", "number_range", Valid with { TagQuota = 10_001 } },
        { "callsPerMinute", "number_range", Valid with { CallsPerMinute = 0 } },
        { "callsPerHour", "number_range", Valid with { CallsPerHour = 150_001 } },
        { "concurrentCalls", "number_range", Valid with { ConcurrentCalls = 6 } },
        { "tokenRequestsPerHour", "number_range", Valid with { TokenRequestsPerHour = 101 } },
        { "rejectedCallsPerHour", "number_range", Valid with { RejectedCallsPerHour = 2_000 } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void AWrongSettingIsNamedInTwoLanguages(string path, string code, WeComOptions options)
    {
        var problem = WeComOptionsValidator.Validate(options).ShouldHaveSingleItem();
        (problem.Path, problem.Code).ShouldBe((path, code));
        problem.Text.En.ShouldNotBeNullOrWhiteSpace();
        problem.Text.Zh.ShouldContain(c => c >= '\u4e00' && c <= '\u9fff');
    }

    [Fact]
    public void TheDefaultsAreValidAndLeadToThePublicAddress()
    {
        WeComOptionsValidator.Validate(Valid).ShouldBeEmpty();
        Valid.BaseUrl.ShouldBe(new Uri("https://qyapi.weixin.qq.com"));
        (Valid.TagQuota, Valid.CallsPerMinute, Valid.CallsPerHour, Valid.ConcurrentCalls).ShouldBe((3_000, 10_000, 150_000, 5));
    }

    [Fact]
    public void ANameOfThirtyCharactersIsValid() =>
        WeComOptionsValidator.Validate(Valid with { TagGroups = new Dictionary<string, string> { ["a"] = new('组', 30) } }).ShouldBeEmpty();

    [Fact]
    public void TheSecretIsNotInTheText() => Valid.ToString().ShouldNotContain("s3cret");

    [Fact]
    public void AMirrorIsNotMadeOfWrongSettings()
    {
        using var client = new HttpClient();
        Should.Throw<ArgumentException>(() => new TagMirror(client, Valid with { CorpId = "" }, [], TimeProvider.System)).Message.ShouldContain("corpId");
    }

    [Fact]
    public void IdsAreReadFromTheTraitsThatTheSettingsName()
    {
        var traits = new Dictionary<string, string?> { ["sales"] = " zhangsan ", ["external_userid"] = "wmAAA", ["wecom_userid"] = "lisi" };
        var options = Valid with { UserIdTrait = "sales" };
        var customer = WeComCustomer.From(new("c-1"), traits.GetValueOrDefault, options);
        (customer.UserId, customer.ExternalUserId).ShouldBe(("zhangsan", "wmAAA"));
        WeComCustomer.From(new("c-1"), name => name == "sales" ? "  " : null, options).ShouldBe(new WeComCustomer(new("c-1"), null, null));
    }
}
