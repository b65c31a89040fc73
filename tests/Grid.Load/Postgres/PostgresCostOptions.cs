using System.Globalization;

namespace Grid.Load.Postgres;

/// <param name="Committers">How many callers wait for an answer at the same time, one run for each.</param>
/// <param name="Connection">A database to make a schema of ours in; null for a server of our own.</param>
internal sealed record PostgresCostOptions(int Customers, int Seconds, int[] Committers, string? Connection)
{
    /// <summary>Null when the arguments are invalid.</summary>
    public static PostgresCostOptions? Parse(string[] words)
    {
        var options = new PostgresCostOptions(1_000_000, 15, [200, 1_000, 4_000], null);
        for (var index = 0; index < words.Length; index += 2)
        {
            if (index + 1 == words.Length) return null;
            var value = words[index + 1];
            switch (words[index])
            {
                case "--customers" when int.TryParse(value, out var customers) && customers > 0:
                    options = options with { Customers = customers };
                    break;
                case "--seconds" when int.TryParse(value, out var seconds) && seconds > 0:
                    options = options with { Seconds = seconds };
                    break;
                case "--committers":
                    options = options with { Committers = [.. value.Split(',').Select(part => int.Parse(part, CultureInfo.InvariantCulture))] };
                    break;
                case "--connection":
                    options = options with { Connection = value };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
