using Grid.Model.Schemes.Definitions;

namespace Grid.Model.Schemes;

/// <summary>A mistake in a condition, thrown where its place in the file is unknown; the compiler adds the place.</summary>
internal sealed class VocabularyException(LocalizedText text) : Exception(text.En)
{
    public VocabularyException(string zh, string en)
        : this(new LocalizedText(zh, en))
    {
    }

    public LocalizedText Text => text;
}
