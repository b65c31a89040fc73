using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Grid.InProcess.Generator;

/// <summary>Writes a reference class for every grain and observer interface of a compilation.</summary>
[Generator]
public sealed class GrainReferenceGenerator : IIncrementalGenerator
{
    private static readonly string[] Callable = ["Orleans.IGrainWithStringKey", "Orleans.IGrainObserver"];

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var references = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => node is InterfaceDeclarationSyntax { BaseList: not null },
                static (found, cancellation) => Write(found.SemanticModel.GetDeclaredSymbol(found.Node, cancellation) as INamedTypeSymbol))
            .Where(static file => file.Source.Length > 0);
        // A partial interface is found once for each of its parts.
        context.RegisterSourceOutput(references.Collect(), static (output, files) =>
        {
            foreach (var file in files.Distinct())
                output.AddSource(file.Name, SourceText.From(file.Source, Encoding.UTF8));
        });
    }

    private static (string Name, string Source) Write(INamedTypeSymbol? type)
    {
        if (type is null || !type.AllInterfaces.Any(inherited => Callable.Contains(inherited.ToDisplayString())))
            return ("", "");
        var writer = new ReferenceWriter(type);
        return ($"{writer.Name}.g.cs", writer.Write());
    }
}
