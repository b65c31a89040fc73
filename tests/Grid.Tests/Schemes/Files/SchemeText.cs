using Grid.Rulebooks.Reading;

namespace Grid.Tests.Schemes.Files;

/// <summary>A valid scheme file, in which a test replaces one line.</summary>
internal static class SchemeText
{
    public const string FileName = "shop.yaml";

    /// <summary>The line of the condition of the first rule, and the column where the condition begins.</summary>
    public const int ConditionLine = 9;

    /// <inheritdoc cref="ConditionLine"/>
    public const int ConditionColumn = 11;

    public const string Valid =
        """
        id: lifecycle
        name: { zh: 生命周期, en: Lifecycle }
        description: { zh: 按购买次数, en: By number of orders }
        layers:
          - { id: new, name: { zh: 新客, en: New }, playbook: { zh: 欢迎, en: Welcome } }
          - { id: loyal, name: { zh: 老客, en: Loyal }, playbook: { zh: 感谢, en: Thank } }
        rules:
          - layer: loyal
            when: orders >= 2
          - layer: new

        """;

    /// <summary>The valid scheme with other text in one line, which may be several lines or, when empty, none.</summary>
    public static string With(int line, string replacement)
    {
        var lines = Valid.Split('\n').ToList();
        lines.RemoveAt(line - 1);
        lines.InsertRange(line - 1, replacement.Length == 0 ? [] : replacement.Split('\n'));
        return string.Join('\n', lines);
    }

    public static string WithCondition(string condition) => With(ConditionLine, $"    when: {condition}");

    /// <summary>All faults and warnings, a line each: <c>file:line:column: message</c>.</summary>
    public static string Faults(string yaml) => string.Join('\n', SchemeFile.Read(FileName, yaml).Faults);
}
