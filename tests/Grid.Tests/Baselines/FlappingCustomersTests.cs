using System.Text;
using Grid.Model.Facts;
using Grid.Model.Schemes;
using Grid.Model.Time;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;
using Grid.Shop;
using Grid.Tests.Model;
using Grid.Tests.Shop;
using Shouldly;
using Xunit;

namespace Grid.Tests.Baselines;

/// <summary>What moves with the population does not flap: real orders with a baseline a day.</summary>
public sealed class FlappingCustomersTests(ITestOutputHelper output)
{
    private static readonly string[] Schemes = ["journey", "rfm8", "rfm4", "value3", "pyramid"];

    [Theory]
    [InlineData("cdnow_sample")]
    [InlineData("cdnow_master")]
    [InlineData("rfm_data_orders")]
    public void AreSeldomMovedBackByTheNextBaseline(string set)
    {
        var replay = new RecurringBaselines(Shipped(margin: null));
        replay.Replay(RecurringBaselines.OrdersOf(TestData.Require($"{set}.csv.gz")));
        var schemes = Flapping.Of(replay.Transitions).ToList();
        output.WriteLine($"{set}: {replay.Published} baselines");
        foreach (var scheme in schemes) output.WriteLine(scheme.ToString());
        schemes.ShouldAllBe(scheme => scheme.Undone * 50 <= scheme.ByBaseline);
    }

    /// <summary>The shop of the demo from its opening on, with a baseline every eight hours as the demo has it: a population that begins with nobody.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AreSeldomMovedBackInAGrowingShop(int seed)
    {
        var story = new ShopOptions { Seed = seed, StartAt = SomeShop.Start };
        var replay = new RecurringBaselines(Shipped(margin: null), 8 * MillisecondsPer.Hour);
        replay.Replay(new SimulatedShop(story).Until(story.OpensAt.Plus(100 * MillisecondsPer.Day)).Select(FactOf).OfType<(string, Fact)>());
        var schemes = Flapping.Of(replay.Transitions).ToList();
        output.WriteLine($"{replay.Published} baselines");
        foreach (var scheme in schemes) output.WriteLine(scheme.ToString());
        schemes.Sum(scheme => scheme.ByBaseline).ShouldBeGreaterThan(1_000);
        (schemes.Sum(scheme => scheme.Undone) * 50).ShouldBeLessThanOrEqualTo(schemes.Sum(scheme => scheme.ByBaseline));
    }

    private static (string, Fact)? FactOf(ShopEvent one)
    {
        var key = MessageKey.From(one.MessageId);
        return one.Kind switch
        {
            ShopEventKind.OrderCompleted => (one.UserId, new OrderPaid(one.OccurredAt, key, one.OrderId, one.Amount ?? 0)),
            ShopEventKind.OrderRefunded => (one.UserId, new OrderRefunded(one.OccurredAt, key, one.OrderId, one.Amount)),
            ShopEventKind.OrderCancelled => (one.UserId, new OrderCancelled(one.OccurredAt, key, one.OrderId)),
            ShopEventKind.Identified => (one.UserId, new Browsed(one.OccurredAt, key, null, 0)),
            _ => null,
        };
    }

    /// <summary>Without the margin everybody who scores 3 is moved by each newcomer; the test above could not fail if this did not.</summary>
    [Fact]
    public void FlapWithoutAMargin()
    {
        var replay = new RecurringBaselines(Shipped(margin: "0"));
        replay.Replay(RecurringBaselines.OrdersOf(TestData.Require("cdnow_sample.csv.gz")));
        var schemes = Flapping.Of(replay.Transitions).ToList();
        output.WriteLine($"{replay.Published} baselines");
        foreach (var scheme in schemes) output.WriteLine(scheme.ToString());
        schemes.Single(scheme => scheme.Scheme == "rfm4").UndoneShare.ShouldBeGreaterThan(0.1);
    }

    private static Rulebook Shipped(string? margin)
    {
        var files = ShippedSchemes.Schemes().Where(file => Schemes.Contains(Path.GetFileNameWithoutExtension(file.Name)))
            .Select(file => (file.Name, Encoding.UTF8.GetString(file.Yaml)))
            .Select(file => (file.Name, Encoding.UTF8.GetBytes(
                margin is null ? file.Item2 : file.Item2.Replace("  scores: rank\n", $"  scores: rank\n  highMargin: {margin}\n")
                    .Replace("\nlayers:\n", $"\ncutMargin: {margin}\nlayers:\n"))));
        return SomeSchemes.Rulebook(SchemeFolder.Read(files).Schemes);
    }
}
