using System.Text.RegularExpressions;
using Grid.Model.Rejections;
using Grid.Tests.House;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Shouldly;
using Xunit;

namespace Grid.Tests.Errors;

/// <summary>The reasons of rejected items: each in both languages, and found again by the English text that messages and ledgers have.</summary>
public sealed partial class ReasonCatalogueTests
{
    /// <summary>What a sender may write where a reason shows a value.</summary>
    private static readonly string[] OddValues =
        ["", " ", ": ", "'", "x: it is missing", "' is a placeholder for a missing id", ", expected a text", "{max}", "茶", new string(':', 300)];

    /// <summary>The linter has reasons of another kind.</summary>
    private static readonly string[] Catalogues = ["src/Grid.Model/Rejections/", "src/Grid.Rulebooks/"];

    private static IEnumerable<SourceFile> Sources =>
        Repository.Files.Where(file => file.IsCSharp && file.Path.StartsWith("src/", StringComparison.Ordinal));

    [Fact]
    public void HasBothLanguages()
    {
        var examples = Examples().Concat(ReasonCatalogue.AllWords).ToList();
        examples.Count.ShouldBeGreaterThan(80);
        foreach (var reason in examples)
        {
            Ideograph().IsMatch(reason.Text.Zh).ShouldBeTrue($"{reason.Code}: {reason.Text.Zh}");
            Ideograph().IsMatch(reason.Text.En).ShouldBeFalse($"{reason.Code}: {reason.Text.En}");
            reason.Text.Zh.ShouldNotContain("{");
            reason.Text.En.ShouldNotContain("{");
        }
    }

    [Fact]
    public void FindsEachReasonByItsEnglishText()
    {
        foreach (var reason in Examples())
        {
            ReasonCatalogue.Parse($"{reason}").ShouldBe(reason, reason.Code);
            var inField = Reasons.InField.With("context.traits", Reasons.LeftOut.With(reason));
            if (reason.Template.Rank > 0) continue;
            ReasonCatalogue.Parse($"{inField}").ShouldBe(inField, reason.Code);
            var last = Reasons.FurtherUnreported.With(inField);
            ReasonCatalogue.Parse($"{last}").ShouldBe(last, reason.Code);
        }
    }

    [Fact]
    public void KeepsTheEnglishTextOfAnyValue()
    {
        foreach (var template in ReasonCatalogue.WithValues.Where(template => template.Rank == 0))
        {
            foreach (var odd in OddValues)
            {
                var reason = template.With([.. template.Names.Select(name => IsWord(name) ? ReasonWords.Number : (object)odd)]);
                ReasonCatalogue.Parse($"{reason}").Text.En.ShouldBe($"{reason}");
                var inField = Reasons.InField.With(odd, reason);
                ReasonCatalogue.Parse($"{inField}").Text.En.ShouldBe($"{inField}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a reason of another build")]
    [InlineData("total: a reason of another build")]
    [InlineData("it is a colour, expected a text")]
    public void LeavesAnUnknownTextAsItIs(string text)
    {
        var reason = ReasonCatalogue.Parse(text);
        (reason.Code, reason.Text.Zh, reason.Text.En).ShouldBe((nameof(Reasons.Unlisted), text, text));
    }

    [Fact]
    public void HoldsEveryTextOfAReason()
    {
        foreach (var file in Sources.Where(file => !Catalogues.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal))))
        {
            var root = SyntaxRules.Root(file);
            root.DescendantNodes().OfType<ObjectCreationExpressionSyntax>().Select(creation => creation.Type.ToString())
                .ShouldAllBe(type => type != "Reason" && type != "ReasonTemplate", file.Path);
            foreach (var call in root.DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (Made().Match(call.Expression.ToString()) is not { Success: true } made) continue;
                var arguments = call.ArgumentList.Arguments;
                var template = ReasonCatalogue.WithValues.FirstOrDefault(template => template.Code == made.Groups["code"].Value);
                if (template is not null) arguments.Count.ShouldBe(template.Names.Count, $"{file.Path}: {call}");
                foreach (var written in arguments.SelectMany(argument => argument.DescendantNodes()).OfType<LiteralExpressionSyntax>())
                    written.Token.ValueText.ShouldNotContain(" ", Case.Sensitive, $"{file.Path}: {call}");
            }
        }
    }

    [Fact]
    public void HoldsNoReasonThatNothingGives()
    {
        var used = string.Concat(Sources.Where(file => !file.Name.StartsWith("Reasons.", StringComparison.Ordinal)).Select(file => file.Text));
        ReasonCatalogue.All.Select(reason => reason.Code).Concat(ReasonCatalogue.WithValues.Select(template => template.Code))
            .Where(code => !Regex.IsMatch(used, $@"Reasons\.{code}\b", RegexOptions.None, TimeSpan.FromSeconds(1))).ShouldBeEmpty();
    }

    /// <summary>Each reason, with usual values.</summary>
    private static IEnumerable<Reason> Examples() => ReasonCatalogue.All.Concat(ReasonCatalogue.WithValues.Select(template =>
        template.With([.. template.Names.Select((name, index) => Example(name, index, template.Rank))])));

    private static object Example(string name, int index, int rank) => name switch
    {
        "reason" => rank > 1 ? Reasons.LeftOut.With(Reasons.Missing) : Reasons.Missing,
        _ when IsWord(name) => index == 0 ? ReasonWords.Number : ReasonWords.Scalar,
        _ => $"v{index}",
    };

    private static bool IsWord(string name) => name is "found" or "expected";

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ideograph();

    [GeneratedRegex(@"^Reasons\.(?<code>\w+)\.With$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Made();
}
