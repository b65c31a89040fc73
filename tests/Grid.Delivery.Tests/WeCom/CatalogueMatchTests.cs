using Grid.Delivery.WeCom;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.WeCom;

public sealed class CatalogueMatchTests
{
    private static readonly MirroredScheme Scheme = new("s", [new("a", "甲"), new("b", "乙")]);
    private static readonly Dictionary<string, string> Names = new() { ["s"] = "组" };

    [Fact]
    public void TagsAreFoundByNameInTheSchemesGroupOnly()
    {
        var match = Find([Group("g0", "别的", ("t0", "甲")), Group("g1", "组", ("t1", "甲"), ("t2", "丙"))]);
        match.View.TagOf("s", "a").ShouldBe("t1");
        match.View.Schemes["s"].Owned.ShouldBe(["t1", "t2"], ignoreOrder: true);
        var missing = match.Missing.ShouldHaveSingleItem();
        (missing.GroupId, missing.GroupName).ShouldBe(("g1", "组"));
        missing.Tags.ShouldHaveSingleItem().ShouldBe(new NewTag("乙", 2));
        match.TagsPresent.ShouldBe(3);
        match.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void ARenamedTagAndGroupKeepTheirMeaning()
    {
        var match = Find([Group("g1", "新组", ("t1", "改"), ("t2", "乙"))], ("a", "t1"), ("b", "t2"));
        match.View.TagOf("s", "a").ShouldBe("t1");
        match.Missing.ShouldBeEmpty();
        match.Notices.ShouldBe([new GroupRenamed("s", "组", "新组"), new TagRenamed(new("s", "a"), "t1", "甲", "改")]);
        match.View.Schemes["s"].GroupName.ShouldBe("新组");
    }

    [Fact]
    public void ADeletedTagIsNoticedAndMissing()
    {
        var match = Find([Group("g1", "组", ("t2", "乙"))], ("a", "t1"), ("b", "t2"));
        match.Notices.ShouldBe([new TagDeleted(new("s", "a"), "t1")]);
        match.Missing.ShouldHaveSingleItem().Tags.ShouldBe([new NewTag("甲", 1)]);
    }

    [Fact]
    public void ATagMarkedDeletedDoesNotCount()
    {
        var match = Find([new CorpTagGroup("g1", "组", [new CorpTag("t1", "甲", Deleted: true), new CorpTag("t2", "乙")])]);
        match.View.TagOf("s", "a").ShouldBeNull();
        match.TagsPresent.ShouldBe(1);
        Find([new CorpTagGroup("g1", "组", [new CorpTag("t1", "甲")], Deleted: true)]).Missing.ShouldHaveSingleItem().GroupId.ShouldBeNull();
    }

    [Fact]
    public void ATagRenamedToAnotherLayersNameDoesNotBecomeItsTag()
    {
        var match = Find([Group("g1", "组", ("t1", "乙"))], ("a", "t1"));
        (match.View.TagOf("s", "a"), match.View.TagOf("s", "b")).ShouldBe(("t1", null));
        match.Missing.ShouldHaveSingleItem().Tags.ShouldBe([new NewTag("乙", 2)]);
    }

    [Fact]
    public void AGroupWithoutTagsIsRead() =>
        Find([new CorpTagGroup("g1", "组", null)]).Missing.ShouldHaveSingleItem().Tags.Count.ShouldBe(2);

    private static CatalogueMatch Find(IReadOnlyList<CorpTagGroup> groups, params ReadOnlySpan<(string Layer, string Id)> known)
    {
        var ids = new Dictionary<TagKey, string>();
        foreach (var (layer, id) in known) ids[new TagKey("s", layer)] = id;
        return CatalogueMatch.Find([Scheme], Names, groups, ids);
    }

    private static CorpTagGroup Group(string id, string name, params (string Id, string Name)[] tags) =>
        new(id, name, [.. tags.Select(tag => new CorpTag(tag.Id, tag.Name))]);
}
