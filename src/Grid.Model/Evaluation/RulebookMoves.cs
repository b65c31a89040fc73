using System.Collections.Concurrent;
using Grid.Model.Schemes;

namespace Grid.Model.Evaluation;

/// <summary>The moves from every earlier rulebook to the one in force, each computed when the first customer needs it.</summary>
/// <param name="rulebook">The rulebook in force.</param>
/// <param name="layouts">The layouts of all rulebooks ever published.</param>
/// <param name="earlier">Rulebooks that were in force before it, the latest first, as far as they are kept compiled.</param>
internal sealed class RulebookMoves(Rulebook rulebook, IReadOnlyDictionary<int, RulebookLayout> layouts, IReadOnlyList<Rulebook> earlier)
{
    private readonly ConcurrentDictionary<int, RulebookMove> _byNumber = [];

    public RulebookMove From(int number) => _byNumber.TryGetValue(number, out var known)
        ? known
        : _byNumber.GetOrAdd(number, new RulebookMove(rulebook, layouts[number], earlier.FirstOrDefault(one => one.Number == number)));

    /// <summary>The moves to the rulebook that comes next, or to the same one published again.</summary>
    public RulebookMoves Next(Rulebook next, IReadOnlyDictionary<int, RulebookLayout> known) => new(
        next, known, [.. earlier.Prepend(rulebook).Where(one => one.Number != next.Number).Take(Limits.RulebooksAtHandMax)]);
}
