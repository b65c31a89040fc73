using System.Text.Json;
using System.Text.RegularExpressions;
using Grid.Server.Configuration;
using Grid.Tests.House;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The Dockerfile, compared with the repository and the options. No image is built here.</summary>
public sealed partial class ImageOfTheServerTests
{
    [Fact]
    public void CopiesOnlyWhatThereIsAndWhatItIsGiven()
    {
        var ignored = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.Length > 0 && line[0] != '#').ToList();
        ignored[0].ShouldBe("*");
        var given = ignored.Where(line => line[0] == '!').Select(line => line[1..]).ToList();

        foreach (var source in Sources())
        {
            Directory.GetFileSystemEntries(Repository.Root, source.TrimEnd('/')).ShouldNotBeEmpty(source);
            given.ShouldContain(source.Split('/')[0], source);
        }
    }

    [Fact]
    public void CopiesEveryFileThatTheBuildReadsFromTheRoot()
    {
        var read = Directory.GetFiles(Repository.Root).Select(file => Path.GetFileName(file))
            .Where(name => name.StartsWith("Directory.", StringComparison.Ordinal) || name is ".editorconfig" or "BannedSymbols.txt" or "global.json");
        var copied = Sources().SelectMany(source => Directory.GetFileSystemEntries(Repository.Root, source.TrimEnd('/')))
            .Select(file => Path.GetFileName(file));

        read.Except(copied).ShouldBeEmpty();
    }

    [Fact]
    public void BuildsTheServer()
    {
        var publish = Image.Instructions.Single(line => line.Text.Contains("dotnet publish")).Text;

        Repository.Exists(PublishedProject().Match(publish).Groups["project"].Value + "/Grid.Server.csproj").ShouldBeTrue();
        foreach (Match property in Property().Matches(publish))
            Repository.Files.Where(file => file.Extension is ".props" or ".targets" or ".csproj").Any(file => file.Text.Contains(property.Groups["name"].Value))
                .ShouldBe(property.Groups["name"].Value != "UseAppHost", property.Value);
    }

    [Fact]
    public void PutsThePageWhereTheServerLooksForIt()
    {
        var page = Image.Final.Single(line => line.Word == "COPY" && line.Text.Contains("--from=page")).Text.Split(' ');
        var build = Image.Instructions.Single(line => line.Text.Contains("npm run build")).Text;

        build.ShouldContain($"--outDir {page[1]} ");
        page[2].ShouldBe("./dashboard");
        File.ReadAllText(Path.Combine(Repository.Root, "src/Grid.Server/Hosting/Page.cs")).ShouldContain("(AppContext.BaseDirectory, \"dashboard\")");
    }

    [Fact]
    public void StartsTheServerAsNobodyWithoutAShell()
    {
        var entry = JsonSerializer.Deserialize<string[]>(Image.One("ENTRYPOINT"))!;
        var folder = Image.One("WORKDIR");

        entry.ShouldBe(["dotnet", $"{folder}/Grid.Server.dll"]);
        Commands.Faults(JsonSerializer.Deserialize<string[]>(Image.One("CMD"))!).ShouldBeEmpty();
        Image.Account.ShouldSatisfyAllConditions(account => account.User.ShouldBeGreaterThan(0), account => account.Group.ShouldBeGreaterThan(0));
        Image.Final.ShouldNotContain(line => line.Word == "RUN" || line.Word == "HEALTHCHECK");
        Image.Instructions.Single(line => line.Word == "ARG" && line.Text.StartsWith("RUNTIME_IMAGE=", StringComparison.Ordinal)).Text
            .ShouldEndWith("-chiseled");
    }

    [Fact]
    public void GivesTheServerOptionsThatItTakesWithAKey()
    {
        Settings.MistakesOf(Settings.Parse(Image.Environment)).ShouldHaveSingleItem("without a key");
        var options = Settings.Parse(Image.Environment.Append(KeyValuePair.Create("Grid__Keys__0", "a-key")));

        Settings.MistakesOf(options).ShouldBeEmpty();
        options.Data.ShouldBe(Image.Volume);
        new Uri(options.Listen).Port.ShouldBe(new Uri(new GridOptions().Listen).Port);
        Image.Environment["ASPNETCORE_HTTP_PORTS"].ShouldBeEmpty("the image below has another port here");
        Image.Final.ShouldContain(line => line.Word == "COPY" && line.Text.EndsWith($" {Image.Volume}")
            && line.Text.Contains($"--chown={Image.Account.User}:{Image.Account.Group} "));
    }

    [Fact]
    public void IsOfTheFrameworkThatTheServerIsBuiltFor()
    {
        var framework = TargetFramework().Match(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"))).Groups["version"].Value;

        Image.Instructions.Count(line => line.Word == "ARG" && line.Text.Contains($"/dotnet/aspnet:{framework}-")).ShouldBe(1);
        Image.Instructions.Count(line => line.Word == "ARG" && line.Text.EndsWith($"/dotnet/sdk:{framework}")).ShouldBe(1);
    }

    private static List<string> Sources() => [.. Image.Instructions.Where(line => line.Word == "COPY" && !line.Text.Contains("--from="))
        .SelectMany(line => line.Text.Split(' ').SkipLast(1))];

    [GeneratedRegex("dotnet publish (?<project>[^ ]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PublishedProject();

    [GeneratedRegex("-p:(?<name>[A-Za-z]+)=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Property();

    [GeneratedRegex("<TargetFramework>net(?<version>[0-9.]+)<", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TargetFramework();
}
