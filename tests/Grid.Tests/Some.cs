namespace Grid.Tests;

/// <summary>The small vocabulary of the tests: valid values, of which a test names only the parts that matter to it.</summary>
internal static class Some
{
}
