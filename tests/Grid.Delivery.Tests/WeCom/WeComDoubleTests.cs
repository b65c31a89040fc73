using System.Text.Json.Nodes;
using Grid.Delivery.WeCom;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.WeCom;

/// <summary>The double enforces what the other tests rely on.</summary>
public sealed class WeComDoubleTests : WeComTest
{
    private readonly HttpClient _client = new();

    [Fact]
    public async Task ItRefusesASixthCallAtOnce()
    {
        var token = await TokenAsync();
        WeCom.Hold();
        var held = Enumerable.Range(0, 5).Select(_ => PostAsync(ListTags, token)).ToList();
        await WeCom.HeldAsync(5);
        (await PostAsync(ListTags, token)).ShouldBe(WeComErrors.ConcurrencyLimit);
        WeCom.Release();
        (await Task.WhenAll(held)).ShouldAllBe(code => code == 0);
    }

    [Fact]
    public async Task ItRefusesCallsOverTheMinutesLimit()
    {
        WeCom.CallsPerMinute = 3;
        var token = await TokenAsync();
        for (var i = 0; i < 3; i++) (await PostAsync(ListTags, token)).ShouldBe(0);
        (await PostAsync(ListTags, token)).ShouldBe(WeComErrors.FrequencyLimit);
        Clock.Advance(TimeSpan.FromMinutes(1));
        (await PostAsync(ListTags, token)).ShouldBe(0);
    }

    [Fact]
    public async Task ItTellsAnExpiredTokenFromAnUnknownOne()
    {
        var token = await TokenAsync();
        (await PostAsync(ListTags, "other")).ShouldBe(WeComErrors.InvalidToken);
        Clock.Advance(WeCom.TokenLife);
        (await PostAsync(ListTags, token)).ShouldBe(WeComErrors.ExpiredToken);
        (await TokenAsync()).ShouldNotBe(token);
    }

    [Fact]
    public async Task ItBlocksForAnHourAfterTwoThousandWrongCalls()
    {
        var token = await TokenAsync();
        for (var i = 0; i < WeComDouble.WrongCallsThatBlock; i++) await PostAsync(ListTags, "other");
        WeCom.WasBlocked.ShouldBeTrue();
        (await PostAsync(ListTags, token)).ShouldBe(WeComErrors.FrequencyLimit);
        Clock.Advance(TimeSpan.FromHours(1));
        (await PostAsync(ListTags, token)).ShouldBe(0);
    }

    [Fact]
    public async Task ItRefusesEscapedCharactersAndUnknownTags()
    {
        WeCom.AddContact("wm-1", Member);
        var token = await TokenAsync();
        (await PostAsync(AddTags, token, "{\"group_name\":\"\\u65c5\",\"tag\":[{\"name\":\"a\"}]}")).ShouldBe(WeComErrors.EscapedCharacters);
        (await PostAsync(MarkTag, token, $$"""{"userid":"{{Member}}","external_userid":"wm-1","add_tag":["et-none"]}""")).ShouldBe(WeComErrors.InvalidTagId);
        (await PostAsync(MarkTag, token, $$"""{"userid":"lisi","external_userid":"wm-1","add_tag":["et-none"]}""")).ShouldBe(WeComErrors.NotAContact);
        (await PostAsync(MarkTag, token, $$"""{"userid":"{{Member}}","external_userid":"wm-1"}""")).ShouldBe(40058);
    }

    private async Task<string> TokenAsync()
    {
        var text = await _client.GetStringAsync(new Uri(WeCom.Url, $"/cgi-bin/gettoken?corpid={WeComDouble.CorpId}&corpsecret={WeComDouble.Secret}"));
        return (string)JsonNode.Parse(text)!["access_token"]!;
    }

    private async Task<int> PostAsync(string api, string token, string body = "{}")
    {
        using var content = new StringContent(body);
        using var response = await _client.PostAsync(new Uri(WeCom.Url, $"/cgi-bin/{api}?access_token={token}"), content);
        return (int)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errcode"]!;
    }
}
