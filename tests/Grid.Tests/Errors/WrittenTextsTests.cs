using System.Text.RegularExpressions;
using Grid.Tests.House;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace Grid.Tests.Errors;

/// <summary>Each error text in the code, also of errors that no test can cause: the first text is Chinese, the second English.</summary>
public sealed partial class WrittenTextsTests
{
    private static readonly string[] Projects = ["src/Grid.Api/", "src/Grid.Ingest/", "src/Grid.Server/", "src/Grid.Model/Rejections/"];

    /// <summary>The types with two texts, and where in their arguments the Chinese one is; the English one follows it.</summary>
    private static readonly Dictionary<string, (int Chinese, int Arguments)> Types =
        new() { ["LocalizedText"] = (0, 2), ["ParameterError"] = (1, 3), ["Reason"] = (0, 2), ["ReasonTemplate"] = (0, 2) };

    [Fact]
    public void AreInBothLanguages()
    {
        var texts = Sources().SelectMany(Texts).ToList();
        texts.Count.ShouldBeGreaterThan(80);
        texts.Where(text => !IsFrame(text.Chinese)).Where(text => !IsChinese(text.Chinese) || IsChinese(text.English)).ShouldBeEmpty();
    }

    [Fact]
    public void AreCreatedInOnePlace() => Sources()
        .Where(file => file.Name != "LocalizedProblem.cs" && file.Text.Contains("Results.Problem(", StringComparison.Ordinal))
        .Select(file => file.Path).ShouldBeEmpty("LocalizedProblem.Create takes both languages.");

    private static IEnumerable<SourceFile> Sources() =>
        Repository.Files.Where(file => file.IsCSharp && Array.Exists(Projects, project => file.Path.StartsWith(project, StringComparison.Ordinal)));

    private static IEnumerable<(string Path, string Chinese, string English)> Texts(SourceFile file)
    {
        foreach (var creation in SyntaxRules.Root(file).DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>())
        {
            if (TypeOf(creation) is not { } type || !Types.TryGetValue(type, out var place)) continue;
            if (creation.ArgumentList?.Arguments is not { } arguments || arguments.Count != place.Arguments) continue;
            var (chinese, english) = (arguments[place.Chinese].Expression, arguments[place.Chinese + 1].Expression);
            if (IsWritten(chinese) && IsWritten(english)) yield return (file.Path, chinese.ToString(), english.ToString());
        }
    }

    /// <summary>The type's name, also where the declaration names it instead of the creation.</summary>
    private static string? TypeOf(BaseObjectCreationExpressionSyntax creation) => creation switch
    {
        ObjectCreationExpressionSyntax named => named.Type.ToString(),
        { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax variable } } } => variable.Type.ToString(),
        { Parent: EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } } => property.Type.ToString(),
        { Parent: ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } } => property.Type.ToString(),
        { Parent: ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method } } => method.ReturnType.ToString(),
        _ => null,
    };

    /// <summary>Whether an argument is a text, and not only a variable that holds one.</summary>
    private static bool IsWritten(ExpressionSyntax argument) => argument.ToString().Contains('"', StringComparison.Ordinal);

    private static bool IsChinese(string text) => Ideograph().IsMatch(text) || text.Contains(".Zh", StringComparison.Ordinal);

    /// <summary>Whether a text consists of placeholders, which bring the words.</summary>
    private static bool IsFrame(string text) => text is "\"{text}\"" or "\"{field}：{reason}\"";

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ideograph();
}
