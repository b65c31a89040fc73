using Grid.Ledger;
using Grid.Testing.Postgres;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Postgres.Failures;

/// <summary>The disk that holds the customers is full: a small file system in memory, which only root can make.</summary>
public sealed class FullTablespaceTests : ServerOfItsOwn
{
    [Fact]
    public async Task RefusesCommitsForNowAndTakesThemWhenThereIsRoom()
    {
        var folder = Path.Combine(Server.Folder, "small");
        Directory.CreateDirectory(folder);
        if (!await Mounted(folder)) Assert.Skip("A small file system cannot be mounted here; run as root with the right to mount.");
        try
        {
            await PostgresServer.Run("chown", PostgresServer.Account(), folder);
            var ledger = await Open();
            await Server.Execute($"CREATE TABLESPACE small LOCATION '{folder}'");
            await Server.Execute("ALTER TABLE customers SET TABLESPACE small");
            var ballast = Path.Combine(folder, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[2 * 1024 * 1024], Cancellation);

            // Every shopper is new once; then their states grow.
            var workload = new Workload(1_000);
            LedgerException? failure;
            while ((failure = await workload.Steps(ledger, 500)) is null) Cancellation.ThrowIfCancellationRequested();
            ShouldBeUnavailable(failure);
            failure.Message.ShouldContain("53100");

            File.Delete(ballast);
            await workload.Audit(ledger);
            (await workload.Steps(ledger, 500)).ShouldBeNull();
            await workload.Audit(ledger);
        }
        finally
        {
            await Server.Control("stop", "-m", "immediate");
            await PostgresServer.Run("umount", folder);
        }
    }

    private static async Task<bool> Mounted(string folder)
    {
        if (!Environment.IsPrivilegedProcess) return false;
        try
        {
            await PostgresServer.Run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
