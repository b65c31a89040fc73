using System.Reflection;
using System.Text.RegularExpressions;
using Grid.Server.Configuration;
using Grid.Tests.House;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>
/// The runbook, compared with the repository, the command line and the options. <see cref="WhatIsWatchedTests"/> requests its routes.
/// </summary>
public sealed partial class RunbookOfOperatorsTests
{
    /// <summary>Options that commands set, and operators do not.</summary>
    private static readonly string[] OfCommands = [nameof(GridOptions.IsDemo)];

    [Fact]
    public void CallsTheProgramWithWordsThatItTakes()
    {
        var calls = Runbook.Said().Where(said => said.Contains("Grid.Server ")).Select(said => said.Split("Grid.Server ")[1].Split(' ')).ToList();

        calls.ShouldNotBeEmpty();
        foreach (var words in calls.Where(words => !words[0].StartsWith('-'))) Commands.Faults(words).ShouldBeEmpty(string.Join(' ', words));
        Commands.Faults("restore", "--from", "x").ShouldNotBeEmpty();
    }

    [Fact]
    public void NamesSettingsThatThereAreAndTheirDefaults()
    {
        var known = NamesOf(typeof(GridOptions), "Grid").ToList();
        var named = Setting().Matches(Runbook.Source.Text).Select(match => match.Value).Where(name => name != "Grid__X").Distinct()
            .Select(name => Index().Replace(name, "")).Distinct().ToList();

        named.Where(name => !known.Contains(name) && name != "Grid__Keys").ShouldBeEmpty();
        named.Count.ShouldBeGreaterThan(10);
        known.Except(named).ShouldBe(["Grid__BaselineInterval"]);
        foreach (var line in Runbook.Source.Lines.Where(line => line.StartsWith("| `Grid__", StringComparison.Ordinal)))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            var names = Setting().Matches(cells[1]).Select(match => match.Value).ToList();
            var defaults = Quoted().Matches(cells[2]).Select(match => match.Groups["said"].Value).ToList();
            if (defaults.Count > 0) defaults.ShouldBe(names.Select(DefaultOf), line);
        }
    }

    [Fact]
    public void NamesFilesAndSectionsThatThereAre()
    {
        foreach (Match link in Link().Matches(Runbook.Source.Text))
        {
            var (path, section) = (link.Groups["path"].Value, link.Groups["section"].Value);
            if (path.Length > 0) Exists(path).ShouldBeTrue(path);
            if (section.Length > 0) Runbook.Headings.Select(Anchor).ShouldContain(section);
        }

        foreach (Match named in NamedPath().Matches(Runbook.Source.Text).Where(match => match.Value != "deploy/.env"))
            Repository.Exists(named.Value.TrimEnd('.', '/')).ShouldBeTrue(named.Value);
    }

    [Fact]
    public void NamesServicesAndWorkloadsThatThereAre()
    {
        var said = Runbook.Blocks("sh");

        foreach (var line in said.Where(line => line.StartsWith("docker compose ", StringComparison.Ordinal)))
        {
            var words = line.Split(' ');
            words[2].ShouldBe("-f");
            var services = Composition.Read(words[3]).Services.Keys;
            words[5..].Where(word => word[0] != '-').ShouldBeSubsetOf(services, line);
            words[4].ShouldBeOneOf("up", "ps", "build");
        }

        foreach (var line in said.Where(line => line.StartsWith("docker build ", StringComparison.Ordinal)))
        {
            line.ShouldContain($" -f {Image.File} ");
            foreach (var argument in line.Split("--build-arg ").Skip(1)) Image.Arguments.ShouldContain(argument.Split('=')[0]);
        }

        foreach (var name in said.SelectMany(line => line.Split(' ')).Where(word => word.StartsWith("deployment/", StringComparison.Ordinal)))
            name.ShouldBe($"deployment/{Kubernetes.Deployment["metadata/name"].Text}");
        said.Single(line => line.StartsWith("kubectl apply", StringComparison.Ordinal)).ShouldEndWith($" {Kubernetes.Folder}");
        said.Where(line => line.StartsWith("kubectl -n", StringComparison.Ordinal))
            .ShouldAllBe(line => line.StartsWith("kubectl -n grid ", StringComparison.Ordinal));
    }

    [Fact]
    public void NamesMetricsOfTheDashboardOnly()
    {
        var known = Dashboard.Queries().Concat(Alerts.All.Select(alert => alert["expr"].Text!))
            .SelectMany(PromQuery.Series).Select(series => series.Metric).ToHashSet(StringComparer.Ordinal);

        foreach (Match metric in Metric().Matches(Runbook.Source.Text)) known.ShouldContain(metric.Value);
    }

    /// <summary>Option names as in an environment, down to single values.</summary>
    private static IEnumerable<string> NamesOf(Type options, string prefix)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            if (OfCommands.Contains(property.Name)) continue;
            var name = $"{prefix}__{property.Name}";
            if (property.PropertyType.IsClass && property.PropertyType.Namespace == options.Namespace)
                foreach (var inner in NamesOf(property.PropertyType, name)) yield return inner;
            else yield return name;
        }
    }

    private static string DefaultOf(string name)
    {
        object? value = new GridOptions();
        foreach (var part in name.Split("__").Skip(1)) value = value!.GetType().GetProperty(part)!.GetValue(value);
        return value switch
        {
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => value?.ToString() ?? "none",
        };
    }

    private static bool Exists(string path) =>
        path.StartsWith("https:", StringComparison.Ordinal) || Repository.Exists(Path.Combine("deploy", path));

    private static string Anchor(string heading) =>
        new([.. heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-').Select(c => c == ' ' ? '-' : c)]);

    [GeneratedRegex(@"\bGrid__\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();

    [GeneratedRegex("__[0-9]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Index();

    [GeneratedRegex("`(?<said>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\]\((?<path>[^)#\s]*)(#(?<section>[^)\s]+))?\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w./-])(src|tests|deploy)/[\w./-]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"\bgrid_[a-z_]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();
}
