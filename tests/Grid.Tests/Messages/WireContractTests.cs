using Grid.Tests.House;
using Shouldly;
using Xunit;

namespace Grid.Tests.Messages;

public sealed class WireContractTests
{
    private const string Kept = "src/Grid.Grains/wire-contract.txt";

    /// <summary>
    /// Two builds run side by side during the upgrade of a cluster: one does not understand a name or a number that the other changed.
    /// </summary>
    [Fact]
    public void IsTheOneThatIsKept()
    {
        var actual = WireContract.Write();
        var written = Path.Combine(AppContext.BaseDirectory, "wire-contract.txt");
        File.WriteAllText(written, actual);

        File.ReadAllText(Path.Combine(Repository.Root, Kept)).ShouldBe(
            actual,
            $"What crosses silos has changed. Where a silo of the build before understands it too (members and methods added under new numbers and "
            + $"names), copy {written} over {Kept}.");
    }
}
