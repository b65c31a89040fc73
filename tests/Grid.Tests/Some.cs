namespace Grid.Tests;

/// <summary>The small vocabulary of the tests: valid values of which a test names only what it is about.</summary>
internal static class Some
{
}
