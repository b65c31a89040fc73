using System.Text;
using Grid.Model;
using Grid.Model.Schemes.Definitions;
using Grid.Rulebooks.Compiling;
using Grid.Rulebooks.Reading;
using Shouldly;

namespace Grid.Tests.Schemes.Linting;

/// <summary>A scheme file whose rules a test writes, and all its messages in both languages.</summary>
internal static class LintedText
{
    /// <summary>The rules begin in line 10 of the file.</summary>
    public static SchemeCompilation Compiled(string rules, string? rfm = null, string? zone = null)
    {
        var yaml = $$"""
            id: shop
            name: { zh: 方案, en: Scheme }
            description: { zh: 测试, en: For a test }
            {{(zone is null ? "# No calendar." : $"calendar: {zone}")}}
            {{(rfm is null ? "# No scores." : $"rfm: {rfm}")}}
            layers:
              - { id: rest, name: { zh: 其他, en: Rest }, playbook: { zh: 触达, en: Reach out } }
              - { id: vip, name: { zh: 贵宾, en: Very important }, playbook: { zh: 专属服务, en: Serve } }
            rules:

            """ + rules;
        var file = SchemeFile.Read("shop.yaml", yaml);
        file.Faults.ShouldBeEmpty();
        return SchemeCompiler.Compile(file.Scheme!, Currency.Cny);
    }

    public static string Faults(string rules, string? rfm = null, string? zone = null) => Said(Compiled(rules, rfm, zone).Faults);

    /// <summary>The warnings of a scheme without faults.</summary>
    public static string Warnings(string rules, string? rfm = null, string? zone = null)
    {
        var compiled = Compiled(rules, rfm, zone);
        compiled.Faults.ShouldBeEmpty();
        return Said(compiled.Warnings);
    }

    /// <summary>Line and column with the English text, then the Chinese one; a longer text continues, indented, in the next line.</summary>
    private static string Said(IEnumerable<Diagnostic> faults) => string.Join(
        '\n',
        faults.Select(fault => $"{Wrapped($"{fault.Place.Line}:{fault.Place.Column}: {fault.Text.En}", 110)}\n{Wrapped(fault.Text.Zh, 60)}"));

    /// <summary>Breaks after a space where one is near, as in English, else anywhere.</summary>
    private static string Wrapped(string text, int width)
    {
        var lines = new StringBuilder();
        while (text.Length > width)
        {
            var space = text.LastIndexOf(' ', width);
            var end = space < width - 30 ? width : space + 1;
            lines.Append(text.AsSpan(0, end).TrimEnd()).Append("\n  ");
            text = text[end..];
        }

        return lines.Append(text).ToString();
    }
}
