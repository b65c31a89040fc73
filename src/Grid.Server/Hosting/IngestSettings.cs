using Grid.Ingest;
using Grid.Ingest.Calls;
using Grid.Ingest.Mapping;
using Grid.Server.Configuration;

namespace Grid.Server.Hosting;

/// <summary>Maps the server's options to those of ingestion.</summary>
internal static class IngestSettings
{
    public static IngestOptions From(GridOptions options)
    {
        var ingest = new IngestOptions { WriteKeys = [.. options.Keys], Currency = options.ToCurrency() };
        if (!options.RejectPlaceholderIds) ingest.Placeholders = PlaceholderIds.None;
        else if (options.PlaceholderIds.Count > 0) ingest.Placeholders = new PlaceholderIds(options.PlaceholderIds);
        if (options.Mapping is not null) ingest.Mapping = Mapping(options.Mapping);
        return ingest;
    }

    private static EventMapping Mapping(string file)
    {
        try
        {
            return EventMapping.Shipped.With(file, File.ReadAllText(file));
        }
        catch (MappingException mistakes)
        {
            throw new ConfigurationException(mistakes.Message);
        }
    }
}
