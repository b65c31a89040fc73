using System.Text.Json;
using Shouldly;

namespace Grid.Tests.Api;

/// <summary>The counts that a page would show after each frame.</summary>
internal sealed class Counted
{
    private readonly Dictionary<(string Scheme, string Layer), long> _counts = [];

    public long Population { get; private set; }

    public void Take(JsonElement frame)
    {
        Population = frame.GetProperty("population").GetInt64();
        if (frame.Text("kind") == "snapshot")
        {
            _counts.Clear();
            foreach (var scheme in frame.GetProperty("schemes").EnumerateArray())
                foreach (var layer in scheme.GetProperty("counts").EnumerateArray())
                    _counts[(scheme.Text("scheme"), layer.Text("layer"))] = layer.GetProperty("count").GetInt64();
            return;
        }

        foreach (var change in frame.GetProperty("changes").EnumerateArray())
            _counts[(change.Text("scheme"), change.Text("layer"))] = change.GetProperty("count").GetInt64();
    }

    public Dictionary<(string, string), long> Copy() => new(_counts);

    public void ShouldEqual(Dictionary<(string, string), long> truth) => ShouldEqual(_counts, truth);

    /// <summary>Every layer of either snapshot; a missing layer has no customers.</summary>
    public static void ShouldEqual(Dictionary<(string, string), long> counts, Dictionary<(string, string), long> truth)
    {
        foreach (var layer in counts.Keys.Union(truth.Keys))
            counts.GetValueOrDefault(layer).ShouldBe(truth.GetValueOrDefault(layer), $"{layer}");
    }
}
