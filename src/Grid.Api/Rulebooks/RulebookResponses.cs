using System.Text.Json.Serialization;
using Grid.Api.Schemes;
using Grid.Grains.Populations;
using Grid.Grains.Rules;
using Grid.Model.Schemes.Definitions;
using Grid.Model.Time;

namespace Grid.Api.Rulebooks;

/// <summary>Every rulebook ever published, the latest first.</summary>
public sealed record RulebooksResponse(int InForce, MigrationProgressResponse Sweep, IReadOnlyList<RulebookEntry> History);

/// <summary>How far the population has moved to the rulebook in force.</summary>
/// <param name="Customers">All customers; the counts per rulebook add up to it.</param>
public sealed record MigrationProgressResponse(bool Complete, int Customers, int Moved, IReadOnlyList<RulebookCustomers> ByRulebook)
{
    internal static MigrationProgressResponse From(PopulationStatus population, int rulebook) => new(
        population.IsComplete && population.Under(rulebook) == population.Customers,
        population.Customers,
        population.Under(rulebook),
        [.. population.ByRulebook.OrderBy(one => one.Key).Select(one => new RulebookCustomers(one.Key, one.Value))]);
}

public sealed record RulebookCustomers(int Rulebook, int Customers);

/// <param name="Origin"><c>files</c> or <c>api</c>.</param>
public sealed record RulebookEntry(
    int Number, string PublishedAt, string Author, string? Note, string Origin, IReadOnlyList<string> Files, IReadOnlyList<string> Schemes)
{
    internal static RulebookEntry From(PublishedRulebook published) => new(
        published.Number,
        new Instant(published.PublishedAt).ToString(),
        published.Author,
        published.Note,
        published.Origin == PublicationOrigin.Api ? "api" : "files",
        [.. published.Files.Select(file => Path.GetFileName(file.File))],
        [.. published.Layout.Schemes.Select(scheme => scheme.Id)]);
}

/// <summary>One rulebook with its files, as it can be sent back to publish it again.</summary>
public sealed record RulebookResponse(RulebookEntry Rulebook, IReadOnlyList<RulebookFile> Files);

/// <param name="File">A name for places in faults.</param>
/// <param name="Yaml">A scheme, an audience, rules of derived tags or of points.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RulebookFile(string File, string Yaml);

/// <summary>Body of a publication or a preview: all files of a rulebook, or some that replace or join those in force.</summary>
/// <param name="Files">All files of the rulebook; null: those in force.</param>
/// <param name="Replace">Files that take the place of the one with the same scheme, audience or name, or are added.</param>
/// <param name="Remove">Ids of schemes and audiences, or names of files, that are left out.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RulebookRequest(
    IReadOnlyList<RulebookFile>? Files = null,
    IReadOnlyList<RulebookFile>? Replace = null,
    IReadOnlyList<string>? Remove = null,
    string? Author = null,
    string? Note = null);

/// <param name="IsNew">False when these files are in force already.</param>
public sealed record PublishResponse(int Rulebook, bool IsNew, IReadOnlyList<FaultView> Warnings);

public sealed record LintResponse(bool Publishable, IReadOnlyList<FaultView> Faults, IReadOnlyList<FaultView> Warnings);

/// <param name="Place"><c>file:line:column</c>.</param>
public sealed record FaultView(string Place, NameView Message)
{
    internal static FaultView From(Diagnostic error) => new(error.Place.ToString(), NameView.From(error.Text));
}
