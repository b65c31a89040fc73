using Shouldly;
using Xunit;

namespace Grid.Tests.House;

/// <summary>Reads the whole source tree. Each breach is listed with its place and what to do there.</summary>
public sealed class TidyHouseTests
{
    [Fact]
    public void IsFoundAtAll()
    {
        Repository.Files.Count(file => file.IsCSharp).ShouldBeGreaterThan(50);
        Repository.Files.ShouldContain(file => file.Path == "src/Grid.Model/Limits.cs");
        Repository.Files.ShouldContain(file => file.Path == "Directory.Build.props");
    }

    [Fact]
    public void HasNoLongFile() => Check(LayoutRules.FileLength);

    [Fact]
    public void HasNoLongLine() => Check(LayoutRules.LineLength);

    [Fact]
    public void HasNoFolderThatCouldHoldAnything() => Check(LayoutRules.FolderNames);

    [Fact]
    public void HasNoLongMethod() => CheckCode(SyntaxRules.MethodLength);

    [Fact]
    public void HasNoCodeInComments() => CheckCode(SyntaxRules.CommentedOutCode);

    [Fact]
    public void HasNoRegionAndNoBarePragma() => CheckCode(SyntaxRules.Directives);

    [Fact]
    public void SwitchesNothingOffWithoutAReason()
    {
        CheckCode(SyntaxRules.Reasons);
        Check(ProjectRules.Suppressions);
    }

    [Fact]
    public void PostponesNothing() => Check(TextRules.Postponements);

    [Fact]
    public void HasNoRiddles() => Check(TextRules.Riddles);

    [Fact]
    public void NamesNoPathOfAMachine() => Check(TextRules.MachinePaths);

    [Fact]
    public void NamesNoHostButThoseOfSpecifications() => Check(TextRules.ForeignHosts);

    [Fact]
    public void KeepsItsProjectsInOrder() => Check(ProjectRules.References);

    [Fact]
    public void HasEveryPathThatItsReadmeNames()
    {
        var readme = Repository.Files.Single(file => file.Path == "README.md");

        ReadmeRules.NamedPaths(readme, Repository.Exists).ShouldBeEmpty();
    }

    private static void CheckCode(Func<SourceFile, IEnumerable<Breach>> rule) =>
        Check(file => file.IsCSharp ? rule(file) : []);

    private static void Check(Func<SourceFile, IEnumerable<Breach>> rule)
    {
        var breaches = Repository.Files.SelectMany(rule).ToList();

        breaches.ShouldBeEmpty(string.Join('\n', breaches));
    }
}
