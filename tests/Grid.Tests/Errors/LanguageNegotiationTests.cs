using Grid.Model.Languages;
using Shouldly;
using Xunit;

namespace Grid.Tests.Errors;

/// <summary>The language of an answer, by the header of its request.</summary>
public sealed class LanguageNegotiationTests
{
    [Theory]
    [InlineData("zh")]
    [InlineData("ZH-cn")]
    [InlineData("zh-Hant-TW")]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8")]
    [InlineData("en;q=0.8, zh ; q=0.9")]
    [InlineData("zh,en")]
    [InlineData("fr,zh;q=0.1")]
    [InlineData("en;q=0,zh;q=0.001")]
    [InlineData("zh;q=0.5,*;q=0.1")]
    [InlineData("???,;;,zh")]
    public void IsChineseWhereItIsPreferred(string header) => LanguageNegotiation.Choose([header]).ShouldBe(Language.Chinese);

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("en")]
    [InlineData("en-GB,zh;q=0.9")]
    [InlineData("en,zh;q=0.5")]
    [InlineData("en,zh")]
    [InlineData("fr,de")]
    [InlineData("zh;q=0")]
    [InlineData("*,zh;q=0.5")]
    [InlineData("zhx,x-zh")]
    [InlineData("zh;q=two")]
    public void IsEnglishOtherwise(string header) => LanguageNegotiation.Choose([header]).ShouldBe(Language.English);

    [Fact]
    public void ComesFromAllHeadersOfARequest()
    {
        LanguageNegotiation.Choose([]).ShouldBe(Language.English);
        LanguageNegotiation.Choose([null, "en;q=0.1", "zh;q=0.2"]).ShouldBe(Language.Chinese);
    }
}
