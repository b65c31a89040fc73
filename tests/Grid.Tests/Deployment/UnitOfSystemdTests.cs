using System.Globalization;
using Grid.Server.Hosting;
using Grid.Tests.House;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The systemd unit, checked by our own parser and, where it is installed, by systemd.</summary>
public sealed class UnitOfSystemdTests
{
    private const string File = "deploy/systemd/grid.service";
    private const string Verifier = "/usr/bin/systemd-analyze";

    private static readonly InstalledProgram Systemd = new(Verifier, "systemd");

    private static readonly ILookup<string, string> Service = Section("[Service]");

    [Fact]
    public async Task IsWhatSystemdUnderstands()
    {
        Systemd.SkipUnlessInstalled();
        var folder = Directory.CreateTempSubdirectory("grid-unit-").FullName;
        try
        {
            // The program is not installed on this machine; all other paths are the real ones.
            var text = System.IO.File.ReadAllText(Path.Combine(Repository.Root, File)).Replace("ExecStart=/opt/grid/Grid.Server", $"ExecStart={Verifier}");
            var unit = Path.Combine(folder, "grid.service");
            await System.IO.File.WriteAllTextAsync(unit, text, TestContext.Current.CancellationToken);

            var (code, said) = await Verify(unit);
            said.ShouldBeEmpty();
            code.ShouldBe(0);

            // Proves that the check above would have found a mistake.
            await System.IO.File.WriteAllTextAsync(unit, text.Replace("ProtectSystem=", "ProtectSistem="), TestContext.Current.CancellationToken);
            (await Verify(unit)).Said.ShouldContain("ProtectSistem");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void GivesTheServerOptionsThatItTakes()
    {
        var settings = Service["Environment"].Concat(Lines("deploy/systemd/grid.env")).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var options = Settings.Parse(settings);
        Settings.MistakesOf(options).ShouldBeEmpty();
        options.Data.ShouldBe("/var/lib/" + Service["StateDirectory"].Single());

        // Lines that an operator may uncomment.
        var offered = System.IO.File.ReadAllLines(Path.Combine(Repository.Root, "deploy/systemd/grid.env"))
            .Where(line => line.StartsWith("# Grid__", StringComparison.Ordinal)).Select(line => line[2..].Split('=', 2)).ToList();
        offered.Count.ShouldBe(2);
        Settings.Parse(offered.Select(pair => KeyValuePair.Create(pair[0], pair[1]))).Postgres.ShouldNotBeNull();
    }

    [Fact]
    public void StartsACommandThatThereIs()
    {
        var words = Service["ExecStart"].Single().Split(' ');

        words[0].ShouldBe("/opt/grid/Grid.Server");
        Commands.Faults(words[1..]).ShouldBeEmpty();
        Runbook.Blocks("sh").ShouldContain("dotnet publish src/Grid.Server -c Release -o /opt/grid");
    }

    [Fact]
    public void LeavesTheServerTheTimeItStopsIn() =>
        TimeSpan.FromSeconds(int.Parse(Service["TimeoutStopSec"].Single(), CultureInfo.InvariantCulture)).ShouldBeGreaterThan(GridServer.StopMax);

    [Fact]
    public void AllowsTheServerNothingThatItDoesNotNeed()
    {
        foreach (var (name, value) in new[]
        {
            ("DynamicUser", "yes"), ("NoNewPrivileges", "yes"), ("ProtectSystem", "strict"), ("ProtectHome", "yes"), ("PrivateTmp", "yes"),
            ("PrivateDevices", "yes"), ("CapabilityBoundingSet", ""), ("SystemCallFilter", "@system-service"), ("RestrictNamespaces", "yes"),
        })
            Service[name].ShouldBe([value], name);
        Service["Restart"].ShouldBe(["on-failure"]);
        Service["MemoryDenyWriteExecute"].ShouldBeEmpty("the runtime compiles while it runs");
    }

    private static IEnumerable<string> Lines(string path) =>
        System.IO.File.ReadAllLines(Path.Combine(Repository.Root, path)).Where(line => line.Length > 0 && line[0] != '#');

    private static ILookup<string, string> Section(string name) =>
        Lines(File).SkipWhile(line => line != name).Skip(1).TakeWhile(line => line[0] != '[')
            .Select(line => line.Split('=', 2)).ToLookup(pair => pair[0], pair => pair[1]);

    private static Task<(int Code, string Said)> Verify(string unit) => Systemd.Run("verify", "--man=no", unit);
}
