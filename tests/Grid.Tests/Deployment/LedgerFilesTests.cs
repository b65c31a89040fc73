using System.Runtime.Versioning;
using Grid.Server.Hosting;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The access rights of the files of a ledger.</summary>
[SupportedOSPlatform("linux")]
public sealed class LedgerFilesTests(OpenServer server) : IClassFixture<OpenServer>
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public void BelongToTheUserOfTheServerOnly()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("the files have no Unix modes here");
        File.GetUnixFileMode(server.Folder).ShouldBe(Owner | UnixFileMode.UserExecute);
        var files = Directory.GetFiles(server.Folder);
        files.Select(Path.GetFileName).ShouldContain("grid.db-wal");
        foreach (var file in files) File.GetUnixFileMode(file).ShouldBe(Owner, file);
    }

    [Fact]
    public void OfAnEarlierBuildAreClosedToEverybodyButNotToAGroup()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("the files have no Unix modes here");
        var folder = Directory.CreateTempSubdirectory("grid-files-").FullName;
        var (open, shared) = (Path.Combine(folder, "grid.db"), Path.Combine(folder, "grid.db-wal"));
        foreach (var file in (string[])[open, shared]) File.WriteAllText(file, "");
        File.SetUnixFileMode(open, Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.SetUnixFileMode(shared, Owner | UnixFileMode.GroupRead);

        LedgerFiles.Prepare(folder);

        File.GetUnixFileMode(open).ShouldBe(Owner);
        File.GetUnixFileMode(shared).ShouldBe(Owner | UnixFileMode.GroupRead);
        Directory.Delete(folder, recursive: true);
    }
}
