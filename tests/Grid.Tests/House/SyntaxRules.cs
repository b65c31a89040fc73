using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Grid.Tests.House;

/// <summary>Forbidden content of C# files, found with the compiler's own syntax tree.</summary>
internal static class SyntaxRules
{
    public const int MethodLinesMax = 70;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.Parse);

    public static SyntaxNode Root(SourceFile file) => CSharpSyntaxTree.ParseText(file.Text, Options).GetRoot();

    public static IEnumerable<Breach> MethodLength(SourceFile file)
    {
        foreach (var member in Root(file).DescendantNodes())
        {
            if (member is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
                && Lines(member) is var lines and > MethodLinesMax)
            {
                yield return file.Breach(Line(member), $"The method has {lines} lines, at most {MethodLinesMax} are allowed; split it.");
            }
        }
    }

    public static IEnumerable<Breach> Directives(SourceFile file)
    {
        foreach (var trivia in Root(file).DescendantTrivia(descendIntoTrivia: true))
        {
            var line = trivia.GetLocation().GetLineSpan().StartLinePosition.Line;
            if (trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
            {
                yield return file.Breach(line + 1, "A region hides what a type should hold; split the type.");
            }
            else if (trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia) && Suppresses(trivia) && !file.Lines[line].Contains("// "))
            {
                yield return file.Breach(line + 1, "A pragma without its reason; say why behind // on the same line.");
            }
        }
    }

    /// <summary>Attributes and calls that disable a check must give a reason.</summary>
    public static IEnumerable<Breach> Reasons(SourceFile file)
    {
        foreach (var node in Root(file).DescendantNodes())
        {
            if (node is AttributeSyntax attribute)
            {
                var isSuppression = attribute.Name.ToString().EndsWith("SuppressMessage");
                if (Argument(attribute, "Skip") is "" || (isSuppression && string.IsNullOrWhiteSpace(Argument(attribute, "Justification"))))
                {
                    yield return file.Breach(Line(node), $"[{attribute.Name}] switches something off without its reason; say why.");
                }
            }
            else if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
                && access.ToString() is "Assert.Skip" or "Assert.SkipUnless" or "Assert.SkipWhen"
                && call.ArgumentList.Arguments.LastOrDefault()?.Expression is var reason && Constant(reason) is "")
            {
                yield return file.Breach(Line(node), $"{access} without a reason; say what is missing and how to supply it.");
            }
        }
    }

    /// <summary>Comments that would compile as code.</summary>
    public static IEnumerable<Breach> CommentedOutCode(SourceFile file)
    {
        foreach (var trivia in Root(file).DescendantTrivia())
        {
            if (trivia.Kind() is not (SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia))
            {
                continue;
            }

            var first = trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            var lines = trivia.ToString().TrimStart('/', '*').TrimEnd('/', '*').Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                if (IsCode(lines[i].Trim(' ', '\t', '\r', '*')))
                {
                    yield return file.Breach(first + i, "Code in a comment; delete it, version control remembers.");
                }
            }
        }
    }

    private static bool IsCode(string comment)
    {
        if (comment is "{" or "}" or "};" or "});")
        {
            return true;
        }

        if (comment.StartsWith('[') && comment.EndsWith(']'))
        {
            return !comment.Contains(' ') && Attributes(SyntaxFactory.ParseCompilationUnit($"{comment} class C;", options: Options)) > 0;
        }

        // A statement of one word may be prose that ends with a semicolon.
        var opens = comment.EndsWith('{');
        return (comment.EndsWith(';') || opens) && comment.IndexOfAny([' ', '(', '.']) > 0
            && (Parses(SyntaxFactory.ParseStatement(opens ? comment + "}" : comment, options: Options))
                || Parses(SyntaxFactory.ParseMemberDeclaration(opens ? comment + "}" : comment, options: Options)));
    }

    private static int Attributes(CompilationUnitSyntax unit) =>
        unit.ContainsDiagnostics ? 0 : unit.Members.OfType<TypeDeclarationSyntax>().Sum(type => type.AttributeLists.Count);

    private static bool Parses(SyntaxNode? node) => node is { ContainsDiagnostics: false } and not EmptyStatementSyntax;

    private static bool Suppresses(SyntaxTrivia trivia) =>
        trivia.GetStructure() is PragmaWarningDirectiveTriviaSyntax pragma
        && pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword);

    private static int Lines(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>The named argument; empty when it is an empty text, null when it is not given.</summary>
    private static string? Argument(AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments
            .Where(argument => argument.NameEquals?.Name.ToString() == name)
            .Select(argument => Constant(argument.Expression))
            .FirstOrDefault();

    /// <summary>The text of a literal; anything computed is taken for a reason.</summary>
    private static string? Constant(ExpressionSyntax? expression) =>
        expression is null ? null : expression is LiteralExpressionSyntax literal ? literal.Token.ValueText.Trim() : expression.ToString();
}
