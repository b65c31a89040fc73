using Grid.Delivery.WeCom;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.WeCom;

public sealed class ResyncTests : WeComTest
{
    [Fact]
    public async Task DifferencesOnlyAreSentAndCounted()
    {
        var mirror = await ReadyMirrorAsync();
        var tags = WeCom.Groups[0].Tags.ToDictionary(tag => tag.Name, tag => tag.Id);
        for (var i = 0; i < 30; i++) WeCom.AddContact($"wm-{i}", Member, tags["新客"]);
        WeCom.AddContact("wm-other", "lisi");
        List<WantedLayers> wanted =
        [
            .. Enumerable.Range(0, 20).Select(i => new WantedLayers(Customer($"wm-{i}"), [new("journey", "new")])),
            .. Enumerable.Range(20, 10).Select(i => new WantedLayers(Customer($"wm-{i}"), [new("journey", "super")])),
            new(Customer("wm-other"), [new("journey", "new")]),
            new(Customer("wm-0", member: null), [new("journey", "new")]),
            new(Customer("wm-1"), [new("journey", "unknown")]),
        ];

        var report = await mirror.ResyncAsync(wanted, default);
        (report.Unchanged, report.Changed, report.TagsAdded, report.TagsRemoved, report.Refused).ShouldBe((20, 10, 10, 10, 1));
        report.NotLinked.ShouldBe(
            new Dictionary<NotLinkedReason, int> { [NotLinkedReason.NotAContact] = 1, [NotLinkedReason.NoUserId] = 1 }, ignoreOrder: true);
        report.Refusals.ShouldHaveSingleItem().Customer.ShouldBe(new("c-wm-1"));
        (report.Pending.Count, report.ResumeAt).ShouldBe((0, null));
        WeCom.CallsOf(MarkTag).ShouldBe(10);
        WeCom.MostAtOnce.ShouldBeLessThanOrEqualTo(5);
        WeCom.Codes.ShouldBeEmpty();

        var again = await mirror.ResyncAsync(wanted, default);
        (again.Unchanged, again.Changed).ShouldBe((30, 0));
        WeCom.CallsOf(MarkTag).ShouldBe(10);
    }

    [Fact]
    public async Task WhatABackOffLeavesIsPendingAndCanBeResumed()
    {
        WeCom.CallsPerMinute = 100;
        var options = Options with { CallsPerMinute = 50 };
        var mirror = await ReadyMirrorAsync(options);
        for (var i = 0; i < 120; i++) WeCom.AddContact($"wm-{i}", Member);
        List<WantedLayers> all = [.. Enumerable.Range(0, 120).Select(i => new WantedLayers(Customer($"wm-{i}"), [new("journey", "new")]))];

        var (pending, changed, rounds) = ((IReadOnlyList<WantedLayers>)all, 0, 0);
        while (pending.Count > 0)
        {
            var report = await mirror.ResyncAsync(pending, default);
            (report.Unchanged + report.Changed + report.Pending.Count).ShouldBe(pending.Count);
            changed += report.Changed;
            pending = report.Pending;
            rounds++;
            if (report.ResumeAt is { } resumeAt) Clock.AdvanceTo(resumeAt);
            rounds.ShouldBeLessThan(10);
        }

        (changed, rounds).ShouldBe((120, 3));
        WeCom.Codes.ShouldBeEmpty();
        Enumerable.Range(0, 120).ShouldAllBe(i => WeCom.TagsOf($"wm-{i}", Member).Single() == "新客");
    }

    [Fact]
    public async Task ADeletedTagComesBackToAllCustomers()
    {
        var mirror = await ReadyMirrorAsync();
        for (var i = 0; i < 10; i++) WeCom.AddContact($"wm-{i}", Member);
        List<WantedLayers> wanted = [.. Enumerable.Range(0, 10).Select(i => new WantedLayers(Customer($"wm-{i}"), [new("journey", "new")]))];
        await mirror.ResyncAsync(wanted, default);
        var gone = WeCom.Groups[0].Tags.Find(tag => tag.Name == "新客")!;
        WeCom.Groups[0].Tags.Remove(gone);
        foreach (var contact in WeCom.Contacts.Values) contact[Member].Remove(gone.Id);

        var report = await mirror.ResyncAsync(wanted, default);
        report.Catalogue.ShouldBeOfType<CatalogueReady>().Notices.ShouldHaveSingleItem().ShouldBe(new TagDeleted(new("journey", "new"), gone.Id));
        (report.Changed, report.TagsAdded).ShouldBe((10, 10));
        WeCom.TagsOf("wm-9", Member).ShouldBe(["新客"]);
    }

    [Fact]
    public async Task NothingIsComparedWhenTheTagsCannotBeRead()
    {
        var mirror = await ReadyMirrorAsync();
        WeCom.AddContact("wm-1", Member);
        WantedLayers[] wanted = [new(Customer(), [new("journey", "new")])];
        WeCom.Answer(ListTags, -1);
        var deferred = await mirror.ResyncAsync(wanted, default);
        deferred.Pending.ShouldBe(wanted);
        deferred.ResumeAt.ShouldBe(Clock.Now.Plus(5_000));
        Clock.Advance(TimeSpan.FromSeconds(5));
        WeCom.Answer(ListTags, 48002);
        (await mirror.ResyncAsync(wanted, default)).Refusals.ShouldHaveSingleItem().Code.ShouldBe(48002);
        WeCom.CallsOf(GetContact).ShouldBe(0);
    }
}
