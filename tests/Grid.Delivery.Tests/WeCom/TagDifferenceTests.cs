using Grid.Delivery.WeCom;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.WeCom;

public sealed class TagDifferenceTests
{
    private static readonly TagView View = new(new Dictionary<string, SchemeTags>
    {
        ["s"] = new("组", new Dictionary<string, string> { ["a"] = "t1", ["b"] = "t2" }, new HashSet<string> { "t1", "t2", "t9" }),
        ["u"] = new("他", new Dictionary<string, string> { ["x"] = "t5" }, new HashSet<string> { "t5" }),
    });

    [Theory]
    [InlineData("", "a", "t1", "")]
    [InlineData("t1", "a", "", "")]
    [InlineData("t2", "a", "t1", "t2")]
    [InlineData("t1 t2", "a", "", "t2")]
    [InlineData("t1 t2", null, "", "t1 t2")]
    [InlineData("t9", "b", "t2", "t9")]
    [InlineData("t5", "b", "t2", "")]
    [InlineData("foreign", null, "", "")]
    [InlineData("late", "a", "t1", "late")]
    [InlineData("rule", "a", "t1", "")]
    public void OnlyDifferencesInTheGridsGroupsAreChanged(string present, string? layer, string add, string remove)
    {
        var difference = TagDifference.Between(Tags(present), [new LayerTarget("s", layer)], View);
        (string.Join(' ', difference.Add), string.Join(' ', difference.Remove)).ShouldBe((add, remove));
        difference.IsEmpty.ShouldBe(add.Length + remove.Length == 0);
    }

    [Fact]
    public void SchemesAreChangedTogether()
    {
        var difference = TagDifference.Between(Tags("t1"), [new LayerTarget("s", "b"), new LayerTarget("u", "x")], View);
        difference.Add.ShouldBe(["t2", "t5"]);
        difference.Remove.ShouldBe(["t1"]);
    }

    [Fact]
    public void WhatWasChangedNeedsNoChange()
    {
        LayerTarget[] targets = [new("s", "b"), new("u", null)];
        var present = new HashSet<string> { "t1", "t5", "foreign" };
        var difference = TagDifference.Between(Tags(string.Join(' ', present)), targets, View);
        present.UnionWith(difference.Add);
        present.ExceptWith(difference.Remove);
        TagDifference.Between(Tags(string.Join(' ', present)), targets, View).IsEmpty.ShouldBeTrue();
    }

    private static List<ContactTag> Tags(string ids) =>
    [
        // The member's own tag bears the group's name, and has no id.
        new ContactTag("组", "甲", null, 2),
        .. ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => id switch
        {
            "late" => new ContactTag("组", "新", id, 1),
            "rule" => new ContactTag("组", "规则", id, 3),
            _ => new ContactTag("别的", "名", id, 1),
        }),
    ];
}
