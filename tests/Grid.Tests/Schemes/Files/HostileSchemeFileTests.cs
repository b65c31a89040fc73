using System.Text;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;
using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Files;

public sealed class HostileSchemeFileTests
{
    [Theory]
    [InlineData("[")]
    [InlineData("- ")]
    [InlineData("{a: ")]
    [InlineData("? ")]
    public void NestedWithoutEndIsRefusedAtTheLimit(string opening)
    {
        var yaml = "a:\n  " + string.Concat(Enumerable.Repeat(opening, 30_000));

        SchemeText.Faults(yaml).ShouldEndWith("Lists and mappings stand more than 24 deep in one another; flatten them.");
    }

    [Fact]
    public void OfManyValuesIsRefusedAtTheLimit() =>
        SchemeText.Faults("a: [" + string.Concat(Enumerable.Repeat("1,", 50_000)) + "]")
            .ShouldBe("shop.yaml:1:32767: The file has more than 16384 values; write one scheme a file.");

    [Fact]
    public void LargerThanTheLimitIsNotRead() =>
        SchemeFile.Read("a.yaml", new byte[(128 * 1024) + 1]).Faults.ShouldHaveSingleItem().ToString()
            .ShouldBe("a.yaml:1:1: The file is larger than 128 KiB; a scheme is a page or two, one scheme a file.");

    [Fact]
    public void LargerThanTheLimitInUtf8OnlyIsNotReadAsTextEither() =>
        SchemeText.Faults(new string('生', 50_000)).ShouldStartWith("shop.yaml:1:1: The file is larger than 128 KiB");

    [Fact]
    public void FullOfMistakesListsAHundred()
    {
        var unknown = string.Concat(Enumerable.Range(0, 500).Select(number => $"key{number}: x\n"));

        var faults = SchemeFile.Read("a.yaml", SchemeText.Valid + unknown).Faults;

        faults.Count.ShouldBe(101);
        faults[^1].ToString().ShouldBe("a.yaml:111:1: More than 100 are not listed; mend those above first.");
    }

    [Fact]
    public void WithMoreLayersRulesOrConditionsThanAllowedIsToldWhereTheyBegin()
    {
        var layers = string.Concat(
            Enumerable.Range(0, 70).Select(n => $"\n  - {{ id: l{n}, name: {{ zh: 一{n}, en: n{n} }}, playbook: {{ zh: 一{n}, en: p{n} }} }}"));
        var rules = string.Concat(Enumerable.Range(0, 300).Select(n => $"\n  - {{ layer: loyal, when: orders >= {n} }}"));
        var conditions = string.Join(',', Enumerable.Range(0, 1100).Select(n => $"orders >= {n}"));

        SchemeText.Faults(SchemeText.With(4, "layers:" + layers)).ShouldContain("shop.yaml:69:5: A scheme has at most 64 layers;");
        SchemeText.Faults(SchemeText.With(7, "rules:" + rules)).ShouldContain("shop.yaml:264:5: A scheme has at most 256 rules;");
        SchemeText.Faults(SchemeText.WithCondition($"{{ any: [{conditions}] }}")).ShouldContain("A scheme has at most 1024 conditions;");
    }

    [Fact]
    public void WithOverlongTextsIsToldTheirLimits()
    {
        SchemeText.Faults(SchemeText.With(1, "id: " + new string('a', 129))).ShouldBe(
            "shop.yaml:1:5: \"id\" has 129 characters; at most 128 are allowed.");
        SchemeText.Faults(SchemeText.With(2, $"name: {{ zh: 名, en: {new string('a', 101)} }}")).ShouldBe(
            "shop.yaml:2:20: \"en\" has 101 characters; at most 100 are allowed.");
        SchemeText.Faults(SchemeText.WithCondition("orders >= " + new string('1', 600))).ShouldBe(
            "shop.yaml:9:11: The comparison has 610 characters; at most 512 are allowed.");
        SchemeText.Faults(SchemeText.WithCondition($"trait(a) in [{string.Join(',', Enumerable.Repeat('1', 129))}]")).ShouldBe(
            "shop.yaml:9:280: More than 128 values stand in one list; use a tag or trait instead.");
    }

    /// <summary>Shipped files with bytes changed, removed and doubled never cause an exception; every answer has a place.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void DamagedAtRandomIsReadOrRefusedWithAPlace(int seed)
    {
        var random = new Random(seed);
        var files = ShippedSchemes.Schemes().ToList();
        var signs = Encoding.UTF8.GetBytes("[]{}:,-?&*!|>'\"%@`#\n \t\0()<=~.0ad");
        for (var round = 0; round < 400; round++)
        {
            var (name, yaml) = files[random.Next(files.Count)];
            var damaged = yaml.ToList();
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                var at = random.Next(damaged.Count);
                switch (random.Next(4))
                {
                    case 0:
                        damaged[at] = signs[random.Next(signs.Length)];
                        break;
                    case 1:
                        damaged.RemoveRange(at, Math.Min(random.Next(1, 40), damaged.Count - at));
                        break;
                    case 2:
                        damaged.InsertRange(at, damaged.GetRange(at, Math.Min(random.Next(1, 200), damaged.Count - at)));
                        break;
                    default:
                        damaged.Insert(at, signs[random.Next(signs.Length)]);
                        break;
                }
            }

            var result = SchemeFile.Read(name, damaged.ToArray());

            (result.Scheme is null).ShouldBe(result.Faults.Count > 0, $"seed {seed}, round {round}");
            result.Faults.ShouldAllBe(fault => fault.Place.Line >= 1 && fault.Place.Column >= 1, $"seed {seed}, round {round}");
        }
    }
}
