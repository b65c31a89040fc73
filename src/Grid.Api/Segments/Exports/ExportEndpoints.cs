using Grid.Api.Parameters;
using Grid.Api.Schemes;
using Grid.Grains.Rules;
using Grid.Model;
using Grid.Model.Schemes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Grid.Api.Segments.Exports;

internal static class ExportEndpoints
{
    private const string PositionHeader = "Grid-Position";
    private const string AsOfHeader = "Grid-As-Of";

    public static void MapExportEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/segments/{scheme}/export", Export)
            .WithMetadata(new TicketAccepted())
            .WithSummary("Streams the members of layers, one per line, at one position.")
            .WithDescription(
                "layer: some, separated by commas; left out, all. format: ndjson (the default) or csv. bom: true is "
                + "csv for Excel: a byte order mark, without which it takes Chinese for another encoding, and an apostrophe before texts that it would "
                + "take for a formula. columns: customer, layer, since, "
                + "tags, joinedAt, firstOrderAt, lastOrderAt, membership, plan, source, favouriteCategory(365d), trait.city, layer.rfm8, and "
                + "metrics as conditions write them: orders(90d), spend(365d), recencyDays; left out, "
                + "customer,layer,since. Amounts are in major units, lengths of "
                + "time in milliseconds. The headers Grid-Position and Grid-As-Of say of when it is. An export that takes longer than "
                + "5 minutes is cut off by closing the connection.")
            .Produces<Stream>(StatusCodes.Status200OK, "application/x-ndjson", "text/csv")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Export(
        string scheme,
        string? layer,
        string? columns,
        string? format,
        string? bom,
        SegmentExport export,
        CurrentRules rules,
        Currency currency,
        HttpContext context,
        CancellationToken cancellation)
    {
        if (rules.Value.Rulebook.Find(scheme) is null) return PastSchemes.Missing(rules.Value, scheme);
        if (format is not (null or "ndjson" or "csv"))
            return Problems.Parameter(Parameter.Choice("format", format, "ndjson", "csv"));
        if (bom is not (null or "true" or "false"))
            return Problems.Parameter(Parameter.Choice("bom", bom, "true", "false"));
        if (Read(rules.Value.Rulebook, scheme, layer, columns, currency, out _) is { } error) return Problems.Parameter(error);

        if (await export.Open(cancellation) is not { } open) return Problems.Busy(context);
        context.Response.RegisterForDispose(open);

        // The columns must come from the rules of the rows: those in force when the rows were fixed.
        var rulebook = open.Start.Rules.Rulebook;
        if (rulebook.Find(scheme) is null) return PastSchemes.Missing(open.Start.Rules, scheme);
        if (Read(rulebook, scheme, layer, columns, currency, out var request) is { } changed) return Problems.Parameter(changed);
        context.Response.Headers[PositionHeader] = open.Start.Position.ToString();
        context.Response.Headers[AsOfHeader] = open.Start.AsOf.ToString();
        ExportedRows rows = format == "csv" ? new CsvRows(request.Columns, bom == "true") : new NdjsonRows();
        context.Response.RegisterForDispose(rows);
        return TypedResults.Stream(body => Write(open, body, rows, request, context), rows.ContentType, $"{scheme}.{format ?? "ndjson"}");
    }

    private static async Task Write(OpenExport open, Stream body, ExportedRows rows, ExportRequest request, HttpContext context)
    {
        try
        {
            await open.Write(body, rows, request.Columns, request.Scheme, request.Layers, context.RequestAborted);
        }
        catch (OperationCanceledException) when (open.TimeOver.IsCancellationRequested)
        {
            // The response headers are sent: only a broken connection can show that the export is incomplete.
            context.Abort();
        }
    }

    private static ParameterError? Read(
        Rulebook rulebook, string id, string? layer, string? columns, Currency currency, out ExportRequest request)
    {
        var scheme = rulebook.Find(id)!;
        request = new ExportRequest([], rulebook.Schemes.ToList().IndexOf(scheme), null);
        if (layer is not null)
        {
            var layers = new HashSet<int>();
            foreach (var name in layer.Split(',', StringSplitOptions.TrimEntries))
            {
                if (!scheme.Layers.Contains(name))
                {
                    return new ParameterError(
                        "layer",
                        $"分层方案“{id}”没有层级“{Parameter.Shown(name)}”；可用：{string.Join("、", scheme.Layers)}。",
                        $"there is no layer '{Parameter.Shown(name)}' in {id}; there are {string.Join(", ", scheme.Layers)}");
                }

                layers.Add(scheme.IndexOf(name));
            }

            request = request with { Layers = layers };
        }

        if (new ExportColumns(rulebook, scheme, currency).Read(columns ?? ExportColumns.Default, out var read) is { } error) return error;
        request = request with { Columns = read };
        return null;
    }

    /// <param name="Scheme">Index in the rulebook.</param>
    /// <param name="Layers">Indexes in the scheme; null for all.</param>
    private sealed record ExportRequest(IReadOnlyList<ExportColumn> Columns, int Scheme, IReadOnlySet<int>? Layers);
}
