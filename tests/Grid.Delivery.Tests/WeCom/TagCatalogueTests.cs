using Grid.Delivery.WeCom;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.WeCom;

public sealed class TagCatalogueTests : WeComTest
{
    [Fact]
    public async Task MissingTagsAreAddedInTheirGroupsAndThenFound()
    {
        WeCom.AddTag("旅程", "复购");
        var mirror = Mirror();
        var first = (await mirror.EnsureTagsAsync([Journey, Value], default)).ShouldBeOfType<CatalogueReady>();
        first.Added.ShouldBe(7);
        first.Tags.Count.ShouldBe(8);
        WeCom.Groups.Select(group => (group.Name, group.Tags.Count)).ShouldBe([("旅程", 4), ("价值", 4)]);

        var second = (await mirror.EnsureTagsAsync([Journey, Value], default)).ShouldBeOfType<CatalogueReady>();
        (second.Added, second.Notices.Count).ShouldBe((0, 0));
        second.Tags.ShouldBe(first.Tags, ignoreOrder: true);
        WeCom.CallsOf(AddTags).ShouldBe(2);
    }

    [Fact]
    public async Task ATagThatSomebodyAddsAtTheSameTimeIsFoundAgain()
    {
        WeCom.BeforeAdding = () => WeCom.AddTag("旅程", "首单");
        var ready = (await Mirror().EnsureTagsAsync([Journey], default)).ShouldBeOfType<CatalogueReady>();
        ready.Added.ShouldBe(3);
        WeCom.Codes.ShouldBe([WeComErrors.TagExists]);
        WeCom.Groups.ShouldHaveSingleItem().Tags.Select(tag => tag.Name).ShouldBe(["首单", "新客", "复购", "超级用户"], ignoreOrder: true);
    }

    [Fact]
    public async Task AGroupThatSomebodyKeepsChangingIsGivenUp()
    {
        WeCom.Answer(AddTags, WeComErrors.TagExists, times: 10);
        (await Mirror().EnsureTagsAsync([Journey], default)).ShouldBeOfType<CatalogueRefused>().Code.ShouldBe(WeComErrors.TagExists);
        WeCom.CallsOf(AddTags).ShouldBe(WeComLimits.CatalogueRoundsMax);
    }

    [Fact]
    public async Task TagsOverTheQuotaAreNotAdded()
    {
        for (var i = 0; i < 10; i++) WeCom.AddTag("别的", $"标签{i}");
        var outcome = await Mirror(Options with { TagQuota = 13 }).EnsureTagsAsync([Journey], default);
        outcome.ShouldBe(new QuotaReached(10, 4, 13));
        WeCom.CallsOf(AddTags).ShouldBe(0);
        (await Mirror(Options with { TagQuota = 14 }).EnsureTagsAsync([Journey], default)).ShouldBeOfType<CatalogueReady>().Added.ShouldBe(4);
    }

    [Fact]
    public async Task AFullCorpRefusesByACodeThatIsPassedOn()
    {
        WeCom.TagQuota = 3;
        (await Mirror().EnsureTagsAsync([Journey], default)).ShouldBeOfType<CatalogueRefused>().Code.ShouldBe(999_001);
    }

    [Fact]
    public async Task AResponseThatGotLostIsMadeUpForByTheNextReading()
    {
        var mirror = Mirror();
        WeCom.Answer(AddTags, context =>
        {
            WeCom.AddTag("旅程", "新客");
            context.Abort();
            return Task.CompletedTask;
        });
        var deferred = (await mirror.EnsureTagsAsync([Journey], default)).ShouldBeOfType<CatalogueDeferred>();
        Clock.AdvanceTo(deferred.Until);
        (await mirror.EnsureTagsAsync([Journey], default)).ShouldBeOfType<CatalogueReady>().Added.ShouldBe(3);
        WeCom.Groups.ShouldHaveSingleItem().Tags.Count.ShouldBe(4);
    }

    [Fact]
    public async Task RenamedAndDeletedTagsAreNoticedByALaterRunToo()
    {
        var stored = (await Mirror().EnsureTagsAsync([Journey], default)).ShouldBeOfType<CatalogueReady>().Tags;
        var group = WeCom.Groups.ShouldHaveSingleItem();
        group.Tags.Find(tag => tag.Name == "新客")!.Name = "新来的";
        group.Tags.RemoveAll(tag => tag.Name == "复购");

        var ready = (await Mirror(null, stored).EnsureTagsAsync([Journey], default)).ShouldBeOfType<CatalogueReady>();
        ready.Notices.Count.ShouldBe(2);
        ready.Notices.OfType<TagRenamed>().ShouldHaveSingleItem().Found.ShouldBe("新来的");
        ready.Notices.OfType<TagDeleted>().ShouldHaveSingleItem().Key.ShouldBe(new TagKey("journey", "repeat"));
        ready.Added.ShouldBe(1);
        ready.Tags.Single(tag => tag.Key.Layer == "new").ShouldBe(stored.Single(tag => tag.Key.Layer == "new"));
        ready.Tags.Single(tag => tag.Key.Layer == "repeat").ShouldNotBe(stored.Single(tag => tag.Key.Layer == "repeat"));
    }

    public static TheoryData<string, MirroredScheme[]> Wrong => new()
    {
        { "no scheme", [] },
        { "no tag group", [new MirroredScheme("rfm8", [new("a", "甲")])] },
        { "30 characters", [new MirroredScheme("journey", [new("a", new string('长', 31))])] },
        { "blank", [new MirroredScheme("journey", [new("a", " ")])] },
        { "tag name 甲", [new MirroredScheme("journey", [new("a", "甲"), new("b", "甲")])] },
        { "layer of journey is given twice", [new MirroredScheme("journey", [new("a", "甲"), new("a", "乙")])] },
        { "scheme is given twice", [Journey, Journey] },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task SchemesThatDoNotFitAreRefusedBeforeAnyCall(string reason, MirroredScheme[] schemes)
    {
        (await Mirror().EnsureTagsAsync(schemes, default)).ShouldBeOfType<CatalogueRefused>().Message.ShouldContain(reason);
        WeCom.CallsOf(GetToken).ShouldBe(0);
    }
}
