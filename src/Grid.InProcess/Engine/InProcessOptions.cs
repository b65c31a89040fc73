using System.Reflection;
using System.Text.Json;

namespace Grid.InProcess.Engine;

/// <summary>What an engine is told when it is added to a service collection.</summary>
public sealed class InProcessOptions
{
    /// <summary>The assemblies whose grain classes it hosts.</summary>
    public IList<Assembly> Assemblies { get; } = [];

    public EngineLimits Limits { get; set; } = new();

    /// <summary>
    /// When set, turns run on one thread in an order drawn with this seed, so that a run can be repeated. For tests and
    /// simulation, together with a simulated clock and <see cref="GrainEngine.Run"/>.
    /// </summary>
    public int? Seed { get; set; }

    /// <summary>How stored states are written as JSON.</summary>
    public JsonSerializerOptions StateJson { get; set; } = new(JsonSerializerDefaults.Web);
}
