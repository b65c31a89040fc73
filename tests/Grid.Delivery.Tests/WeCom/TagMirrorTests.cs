using Grid.Delivery.WeCom;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.WeCom;

public sealed class TagMirrorTests : WeComTest
{
    [Fact]
    public async Task ACustomerGetsTheTagsOfItsLayersAndLosesTheOldOnes()
    {
        var mirror = await ReadyMirrorAsync();
        WeCom.AddContact("wm-1", Member, WeCom.AddTag("门店", "徐汇店").Id);
        (await mirror.MirrorAsync(Customer(), [new("journey", "new"), new("value3", "low")], default)).ShouldBe(new Mirrored(2, 0));
        WeCom.TagsOf("wm-1", Member).ShouldBe(["低", "新客", "徐汇店"], ignoreOrder: true);

        (await mirror.MirrorAsync(Customer(), [new("journey", "first")], default)).ShouldBe(new Mirrored(1, 1));
        WeCom.TagsOf("wm-1", Member).ShouldBe(["低", "首单", "徐汇店"], ignoreOrder: true);

        (await mirror.MirrorAsync(Customer(), [new("journey", null), new("value3", null)], default)).ShouldBe(new Mirrored(0, 2));
        WeCom.TagsOf("wm-1", Member).ShouldBe(["徐汇店"]);
    }

    [Fact]
    public async Task ARepeatSendsNothing()
    {
        var mirror = await ReadyMirrorAsync();
        WeCom.AddContact("wm-1", Member);
        await mirror.MirrorAsync(Customer(), [new("journey", "new")], default);
        (await mirror.MirrorAsync(Customer(), [new("journey", "new")], default)).ShouldBe(new Mirrored(0, 0));
        WeCom.CallsOf(MarkTag).ShouldBe(1);
    }

    [Fact]
    public async Task CustomersWithoutAContactAreNamedByTheirReason()
    {
        var mirror = await ReadyMirrorAsync();
        WeCom.AddContact("wm-1", "lisi");
        (await Reason(new WeComCustomer(new("c"), null, "wm-1"))).ShouldBe(NotLinkedReason.NoUserId);
        (await Reason(new WeComCustomer(new("c"), Member, null))).ShouldBe(NotLinkedReason.NoExternalUserId);
        WeCom.CallsOf(GetContact).ShouldBe(0);
        (await Reason(Customer("wm-none"))).ShouldBe(NotLinkedReason.UnknownContact);
        (await Reason(Customer("wm-1"))).ShouldBe(NotLinkedReason.NotAContact);
        WeCom.Answer(GetContact, WeComErrors.NotAContact);
        (await Reason(Customer("wm-1"))).ShouldBe(NotLinkedReason.NotAContact);
        WeCom.AddContact("wm-1", Member);
        WeCom.Answer(MarkTag, WeComErrors.InvalidUserId);
        (await Reason(Customer("wm-1"))).ShouldBe(NotLinkedReason.UnknownMember);

        async Task<NotLinkedReason> Reason(WeComCustomer customer) =>
            (await mirror.MirrorAsync(customer, [new("journey", "new")], default)).ShouldBeOfType<NotLinked>().Reason;
    }

    [Fact]
    public async Task AMemberOnALaterPageIsFound()
    {
        WeCom.FollowersPerPage = 2;
        for (var i = 0; i < 5; i++) WeCom.AddContact("wm-1", $"m-{i}");
        var mirror = await ReadyMirrorAsync();
        (await mirror.MirrorAsync(Customer(member: "m-4"), [new("journey", "new")], default)).ShouldBe(new Mirrored(1, 0));
        WeCom.CallsOf(GetContact).ShouldBe(3);
        WeCom.TagsOf("wm-1", "m-0").ShouldBeEmpty();
    }

    [Fact]
    public async Task TwoChangesOfOneContactDoNotMeet()
    {
        var mirror = await ReadyMirrorAsync();
        WeCom.AddContact("wm-1", Member);
        WeCom.Hold();
        var changes = Enumerable.Range(0, 8)
            .Select(i => mirror.MirrorAsync(Customer(), [new("journey", Journey.Layers[i % 4].Id)], default)).ToList();
        await WeCom.HeldAsync(1);
        WeCom.Release();
        (await Task.WhenAll(changes)).ShouldAllBe(change => change is Mirrored);
        WeCom.MostAtOnce.ShouldBe(1);
        WeCom.TagsOf("wm-1", Member).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ATagDeletedInWeComIsAddedAgainAndGiven()
    {
        var mirror = await ReadyMirrorAsync();
        WeCom.AddContact("wm-1", Member);
        WeCom.Groups[0].Tags.RemoveAll(tag => tag.Name == "新客");
        (await mirror.MirrorAsync(Customer(), [new("journey", "new")], default)).ShouldBe(new Mirrored(1, 0));
        WeCom.TagsOf("wm-1", Member).ShouldBe(["新客"]);
        (WeCom.CallsOf(MarkTag), WeCom.CallsOf(ListTags)).ShouldBe((2, 2));
    }

    [Fact]
    public async Task ATagThatStaysRefusedIsTriedTwiceOnly()
    {
        var mirror = await ReadyMirrorAsync();
        WeCom.AddContact("wm-1", Member);
        WeCom.Answer(MarkTag, WeComErrors.InvalidTagId, times: 5);
        (await mirror.MirrorAsync(Customer(), [new("journey", "new")], default)).ShouldBeOfType<MirrorRefused>().Code.ShouldBe(WeComErrors.InvalidTagId);
        WeCom.CallsOf(MarkTag).ShouldBe(2);
    }

    [Fact]
    public async Task ABackOffDefersTheChange()
    {
        var mirror = await ReadyMirrorAsync();
        WeCom.AddContact("wm-1", Member);
        WeCom.Answer(MarkTag, 45009);
        var deferred = (await mirror.MirrorAsync(Customer(), [new("journey", "new")], default)).ShouldBeOfType<MirrorDeferred>();
        deferred.Until.ShouldBe(Clock.Now.Plus(60_000));
        Clock.AdvanceTo(deferred.Until);
        (await mirror.MirrorAsync(Customer(), [new("journey", "new")], default)).ShouldBe(new Mirrored(1, 0));
    }

    [Fact]
    public async Task TagsThatCouldNotBeReadAtTheStartAreReadAtTheFirstChange()
    {
        WeCom.AddContact("wm-1", Member);
        WeCom.Answer(AddTags, -1);
        var mirror = Mirror();
        var later = (await mirror.EnsureTagsAsync([Journey], default)).ShouldBeOfType<CatalogueDeferred>();
        (await mirror.MirrorAsync(Customer(), [new("journey", "new")], default)).ShouldBeOfType<MirrorDeferred>().Until.ShouldBe(later.Until);
        Clock.AdvanceTo(later.Until);
        (await mirror.MirrorAsync(Customer(), [new("journey", "new")], default)).ShouldBe(new Mirrored(1, 0));
    }

    [Fact]
    public async Task LayersWithoutATagAreRefusedAndTheOthersMirrored()
    {
        WeCom.AddContact("wm-1", Member);
        WeCom.AddTag("旅程", "新客");
        var mirror = Mirror(Options with { TagQuota = 1 });
        (await mirror.EnsureTagsAsync([Journey], default)).ShouldBeOfType<QuotaReached>();
        (await mirror.MirrorAsync(Customer(), [new("journey", "super")], default)).ShouldBeOfType<MirrorRefused>().Message.ShouldContain("super");
        (await mirror.MirrorAsync(Customer(), [new("value3", "low")], default)).ShouldBeOfType<MirrorRefused>().Message.ShouldContain("not mirrored");
        (await mirror.MirrorAsync(Customer(), [new("journey", "new")], default)).ShouldBe(new Mirrored(1, 0));
    }

    [Fact]
    public async Task AMirrorWithoutSchemesIsAMistakeOfItsCaller()
    {
        var mirror = Mirror();
        await Should.ThrowAsync<InvalidOperationException>(() => mirror.MirrorAsync(Customer(), [new("journey", "new")], default));
    }
}
