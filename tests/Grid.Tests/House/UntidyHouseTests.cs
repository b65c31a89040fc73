using Shouldly;
using Xunit;

namespace Grid.Tests.House;

/// <summary>Runs every house rule on text that it must find and on text that it must accept.</summary>
public sealed class UntidyHouseTests
{
    private static string Lines(int count, string line = "x") => string.Join('\n', Enumerable.Repeat(line, count)) + "\n";

    [Theory]
    [InlineData("src/A.cs", 300, true)]
    [InlineData("src/A.cs", 301, false)]
    [InlineData("src/A.ts", 301, false)]
    [InlineData("src/Program.cs", 81, false)]
    [InlineData("README.md", 1000, true)]
    public void HasFilesTooLong(string path, int lines, bool passes) =>
        Breaches(LayoutRules.FileLength, Lines(lines), path).ShouldBe(passes ? [] : [path.EndsWith("Program.cs") ? 81 : 301]);

    [Fact]
    public void HasLinesTooLong() =>
        Breaches(LayoutRules.LineLength, $"{new string('x', 160)}\r\n{new string('x', 161)}\n").ShouldBe([2]);

    [Theory]
    [InlineData("src/Grid.Model/Helpers/A.cs", false)]
    [InlineData("src/Grid.Model/utils/A.cs", false)]
    [InlineData("src/Grid.Model/Customers/Common/A.cs", false)]
    [InlineData("src/Grid.Model/Customers/Helpers.cs", true)]
    public void HasFoldersThatCouldHoldAnything(string path, bool passes) =>
        Breaches(LayoutRules.FolderNames, "", path).ShouldBe(passes ? [] : [1]);

    [Theory]
    [InlineData("class C\n{\n    void M()\n    {\n", 67, "    }\n}", false)]
    [InlineData("class C\n{\n    void M()\n    {\n", 68, "    }\n}", true)]
    [InlineData("class C\n{\n    int P\n    {\n        get\n        {\n", 70, "        }\n    }\n}", true)]
    [InlineData("void M()\n{\n", 70, "}\n", true)]
    public void HasMethodsTooLong(string before, int lines, string after, bool isBreach) =>
        SyntaxRules.MethodLength(File(before + Lines(lines, "        ;") + after)).Any().ShouldBe(isBreach);

    [Theory]
    [InlineData("// return x;")]
    [InlineData("//     var customer = Find(id);")]
    [InlineData("// customer.Apply(fact);")]
    [InlineData("// if (x > 3) {")]
    [InlineData("// public int Count { get; }\n// }")]
    [InlineData("// private readonly int _count;")]
    [InlineData("// [Fact]")]
    [InlineData("/* a();\n   b(); */")]
    public void HasCodeInComments(string comment) =>
        SyntaxRules.CommentedOutCode(File($"class C\n{{\n{comment}\n}}")).ShouldNotBeEmpty();

    [Theory]
    [InlineData("// The grain owns this field; nobody else writes it.")]
    [InlineData("// Only the writer loop touches these;\n// the timer only reads.")]
    [InlineData("// A lost nudge costs latency (see the ledger), never a count.")]
    [InlineData("// done;")]
    [InlineData("// [a, b] is a list of values.")]
    [InlineData("/// <code>a();</code>")]
    public void MayHaveProseInComments(string comment) =>
        SyntaxRules.CommentedOutCode(File($"class C\n{{\n{comment}\n    int _a;\n}}")).ShouldBeEmpty();

    [Theory]
    [InlineData("#region Fields\n#endregion", false)]
    [InlineData("#pragma warning disable CA1822", false)]
    [InlineData("#pragma warning disable CA1822 // The interface asks for an instance method.", true)]
    [InlineData("#pragma warning restore CA1822", true)]
    public void HasRegionsAndBarePragmas(string directive, bool passes) =>
        Breaches(SyntaxRules.Directives, $"class C\n{{\n{directive}\n}}").ShouldBe(passes ? [] : [3]);

    [Theory]
    [InlineData("[Fact(Skip = \"\")]", "", false)]
    [InlineData("[Fact(Skip = \"needs a database\")]", "", true)]
    [InlineData("[SuppressMessage(\"a\", \"b\")]", "", false)]
    [InlineData("[SuppressMessage(\"a\", \"b\", Justification = \"The wire format asks for it.\")]", "", true)]
    [InlineData("[Fact]", "Assert.Skip(\"\");", false)]
    [InlineData("[Fact]", "Assert.SkipUnless(a, \" \");", false)]
    [InlineData("[Fact]", "Assert.SkipUnless(a, \"needs a database\");", true)]
    [InlineData("[Fact]", "Assert.Skip(reason);", true)]
    public void SwitchesOffWithoutAReason(string attribute, string statement, bool passes) =>
        SyntaxRules.Reasons(File($"class C\n{{\n{attribute}\nvoid M() {{ {statement} }}\n}}")).Any().ShouldBe(!passes);

    [Theory]
    [InlineData("    <NoWarn>CS1591</NoWarn>", false)]
    [InlineData("    <NoWarn>CS1591</NoWarn> <!-- Generated code has no documentation. -->", true)]
    public void HasBareSuppressionsInProjects(string line, bool passes) =>
        Breaches(ProjectRules.Suppressions, $"<Project>\n{line}\n</Project>", "src/A.csproj").ShouldBe(passes ? [] : [2]);

    [Theory]
    [InlineData("src/Grid.Model/Grid.Model.csproj", "../Grid.Ledger/Grid.Ledger.csproj", false)]
    [InlineData("src/Grid.Ingest/Grid.Ingest.csproj", "../Grid.Api/Grid.Api.csproj", false)]
    [InlineData("src/Grid.Grains/Grid.Grains.csproj", "../Grid.Server/Grid.Server.csproj", false)]
    [InlineData("src/Grid.Server/Grid.Server.csproj", "../../tests/Grid.Tests/Grid.Tests.csproj", false)]
    [InlineData("src/Grid.Odds/Grid.Odds.csproj", "../Grid.Model/Grid.Model.csproj", false)]
    [InlineData("src/Grid.Server/Grid.Server.csproj", "../Grid.Api/Grid.Api.csproj", true)]
    [InlineData("tests/Grid.Tests/Grid.Tests.csproj", "../../src/Grid.Server/Grid.Server.csproj", true)]
    public void HasProjectsOutOfOrder(string project, string reference, bool passes) =>
        ProjectRules.References(new SourceFile(project, $"<ProjectReference Include=\"{reference}\" />")).Any().ShouldBe(!passes);

    [Theory]
    [InlineData("TO" + "DO", false)]
    [InlineData("FIX" + "ME: later", false)]
    [InlineData("todolist", true)]
    [InlineData("Hacking", true)]
    public void Postpones(string text, bool passes) => Breaches(TextRules.Postponements, $"a {text}").ShouldBe(passes ? [] : [1]);

    [Theory]
    [InlineData("left to who" + "ever reads it", false)]
    [InlineData("What is t" + "o be done", false)]
    [InlineData("who reads it", true)]
    public void HasRiddles(string text, bool passes) => Breaches(TextRules.Riddles, text).ShouldBe(passes ? [] : [1]);

    [Theory]
    [InlineData("\"/wo" + "rk/data\"", false)]
    [InlineData("/ro" + "ot/.config", false)]
    [InlineData("src/work/x", true)]
    [InlineData("/v1/root/x", true)]
    public void NamesPathsOfAMachine(string text, bool passes) => Breaches(TextRules.MachinePaths, text).ShouldBe(passes ? [] : [1]);

    [Theory]
    [InlineData("https:" + "//packages.of-a-company.com/v3/index.json", false)]
    [InlineData("http:" + "//10.1.2.3:8080/", false)]
    [InlineData("https:" + "//notsegment.com", false)]
    [InlineData("https:" + "//segment.com/docs/", true)]
    [InlineData("http:" + "//localhost:5080/v1/batch", true)]
    [InlineData("http:" + "//[::1]:5080", true)]
    [InlineData("http:" + "//{host}:{port}/", true)]
    [InlineData("https:" + "//shop.example/hook", true)]
    public void NamesForeignHosts(string text, bool passes) => Breaches(TextRules.ForeignHosts, text).ShouldBe(passes ? [] : [1]);

    [Fact]
    public void ResolvesPackagesFromANamedRegistry() =>
        Breaches(
            TextRules.ForeignHosts,
            "\"funding\": \"https:" + "//a.com/sponsor\",\n\"resolved\": \"https:" + "//packages.of-a-company.com/a.tgz\",\n",
            "src/Grid.Dashboard/package-lock.json").ShouldBe([2]);

    [Theory]
    [InlineData("See `src/Grid.Model`, [the ledger](src/Grid.Ledger/ILedger.cs#tail) and [a page](https:" + "//segment.com).", true)]
    [InlineData("Run `tests/Grid.Odds`.", false)]
    [InlineData("See [the plan](plan.md).", false)]
    public void NamesPathsThatDoNotExist(string text, bool passes) =>
        ReadmeRules.NamedPaths(new SourceFile("README.md", text), path => path is "src/Grid.Model" or "src/Grid.Ledger/ILedger.cs")
            .Any().ShouldBe(!passes);

    private static SourceFile File(string text) => new("src/Grid.Model/A.cs", text);

    private static IEnumerable<int> Breaches(
        Func<SourceFile, IEnumerable<Breach>> rule, string text, string path = "src/Grid.Model/A.cs") =>
        rule(new SourceFile(path, text)).Select(breach => breach.Line);
}
