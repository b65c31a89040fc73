using System.Text;
using Grid.Model.Schemes;
using Grid.Rulebooks.Reading;
using Grid.Rulebooks.Shipped;
using Grid.Tests.Model;
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
        var replay = new DailyBaselines(Shipped(margin: null));
        replay.Replay(TestData.Require($"{set}.csv.gz"));
        var schemes = Flapping.Of(replay.Transitions).ToList();
        output.WriteLine($"{set}: {replay.Published} baselines");
        foreach (var scheme in schemes) output.WriteLine(scheme.ToString());
        schemes.ShouldAllBe(scheme => scheme.Undone * 50 <= scheme.ByBaseline);
    }

    /// <summary>Without the margin everybody who scores 3 is moved by each newcomer; the test above could not fail if this did not.</summary>
    [Fact]
    public void FlapWithoutAMargin()
    {
        var replay = new DailyBaselines(Shipped(margin: "0"));
        replay.Replay(TestData.Require("cdnow_master.csv.gz"));
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
