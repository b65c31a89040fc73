using Grid.Ingest;
using Grid.Ingest.Mapping;
using Grid.Server.Options;

namespace Grid.Server.Hosting;

/// <summary>What the way in needs of the server's options.</summary>
internal static class IngestSettings
{
    public static IngestOptions Of(GridOptions options)
    {
        var ingest = new IngestOptions { WriteKeys = [.. options.Keys], Currency = options.ToCurrency() };
        if (options.Mapping is not null) ingest.Mapping = Mapping(options.Mapping);
        return ingest;
    }

    private static EventMapping Mapping(string file)
    {
        var (mapping, faults) = MappingFile.Read(file, File.ReadAllBytes(file));
        return mapping ?? throw new ConfigurationException(string.Join(Environment.NewLine, faults));
    }
}
