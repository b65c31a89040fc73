using Grid.Model.Facts;
using Grid.Model.Rejections;

namespace Grid.Model.Customers;

public sealed partial class Attributes
{
    public FactOutcome Apply(TraitsSet set)
    {
        var unknown = 0;
        foreach (var trait in set.Traits)
            if (!Knows(trait.Name))
                unknown++;
        if (unknown > 0 && NamesOfTraits() + unknown > Limits.TraitsMax)
            return FactOutcome.Rejected(Reasons.TraitsFull.With(Limits.TraitsMax));
        foreach (var trait in set.Traits)
        {
            if (trait.Value.Kind == TraitKind.Removed) Remove(new TraitRemoval(trait.Name, set.At, set.Key));
            else Set(new TraitEntry(trait.Name, trait.Value, set.At, set.Key));
        }

        return FactOutcome.Accepted;
    }

    /// <summary>For the codec: adds a stored trait. An earlier build may have stored a removal as a trait.</summary>
    internal void Restore(TraitEntry entry)
    {
        if (entry.Value.Kind == TraitKind.Removed) Remove(new TraitRemoval(entry.Name, entry.At, entry.Key));
        else _traits.Add(entry);
    }

    /// <summary>
    /// For the codec: adds a stored removal when all traits are there. An earlier build that cannot read removals may have set a trait by a call from
    /// before its removal.
    /// </summary>
    internal void Restore(TraitRemoval removal)
    {
        Put(_removals, removal, later: true);
        _traits.RemoveAll(trait => trait.At < removal.At && Covers(removal.Name, trait.Name));
    }

    private void Set(TraitEntry entry)
    {
        foreach (var removal in _removals)
        {
            if (removal.At < entry.At || !Covers(removal.Name, entry.Name)) continue;
            if (removal.At > entry.At || Ties.Holds(removal.Replaced, entry.Key)) return;
            if (removal.Key != entry.Key) entry = entry with { Replaced = Ties.Add(entry.Replaced, removal.Key) };
        }

        Put(_traits, entry, later: true);
    }

    private void Remove(TraitRemoval removal)
    {
        Put(_removals, removal, later: true);
        var place = IndexOf(_removals, removal.Name);
        var kept = _removals[place];
        if (kept.Key != removal.Key) return;
        for (var index = _traits.Count - 1; index >= 0; index--)
        {
            var trait = _traits[index];
            if (trait.At > kept.At || !Covers(kept.Name, trait.Name)) continue;
            if (trait.At == kept.At)
            {
                if (trait.Key == kept.Key || Ties.Holds(trait.Replaced, kept.Key)) continue;
                kept = kept with { Replaced = Ties.Add(Ties.Add(kept.Replaced, trait.Replaced), trait.Key) };
            }

            _traits.RemoveAt(index);
        }

        _removals[place] = kept;
    }

    /// <summary>Whether a removal of one name removes a trait: of the same name, or inside of it.</summary>
    private static bool Covers(string removed, string trait) =>
        trait.StartsWith(removed, StringComparison.Ordinal) && (trait.Length == removed.Length || trait[removed.Length] == '.');

    private bool Knows(string name)
    {
        foreach (var entry in _traits)
            if (entry.Name == name)
                return true;
        return IsRemovedOnce(name);
    }

    private bool IsRemovedOnce(string name)
    {
        foreach (var removal in _removals)
            if (removal.Name == name)
                return true;
        return false;
    }

    private int NamesOfTraits()
    {
        var names = _removals.Count;
        foreach (var entry in _traits)
            if (!IsRemovedOnce(entry.Name))
                names++;
        return names;
    }
}
