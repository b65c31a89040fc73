namespace Grid.Model.Languages;

/// <summary>A language in which operators read texts.</summary>
public enum Language
{
    English,
    Chinese,
}
