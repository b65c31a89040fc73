using System.Data.Common;
using Grid.Grains.Messages;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Grid.Server.Silos;

/// <summary>Connects to a running cluster as a client, through the gateways of its silos, which the membership table names.</summary>
internal static class ClusterClient
{
    /// <summary>How long the gateways have to answer.</summary>
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(20);

    /// <returns>A started host whose <see cref="IGrainFactory"/> calls the cluster; null when no silo is alive.</returns>
    /// <exception cref="ConfigurationException">Silos are alive, but none can be reached.</exception>
    public static async Task<IHost?> Connect(GridOptions options, CancellationToken cancellation)
    {
        var host = Build(options);
        try
        {
            if (await Gateways(host) is not { Count: > 0 } gateways)
            {
                host.Dispose();
                return null;
            }

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(ConnectMax);
            await Start(host, gateways, patience.Token);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private static IHost Build(GridOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.Cluster.Id, SiloHost.ServiceId));
            client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", options.Postgres!));
            client.Services.AddModelAliases();
        });
        return builder.Build();
    }

    private static async Task<IList<Uri>> Gateways(IHost host)
    {
        try
        {
            var provider = host.Services.GetRequiredService<IGatewayListProvider>();
            await provider.InitializeGatewayListProvider();
            return await provider.GetGateways();
        }
        catch (DbException)
        {
            // The table or the database does not exist yet: opening the ledger fails with a clearer message.
            return [];
        }
    }

    private static async Task Start(IHost host, IList<Uri> gateways, CancellationToken cancellation)
    {
        try
        {
            await host.StartAsync(cancellation);
        }
        catch (Exception failure) when (failure is OrleansException or OperationCanceledException)
        {
            var addresses = string.Join(", ", gateways.Select(gateway => $"{gateway.Host}:{gateway.Port}"));
            throw new ConfigurationException(
                $"A grid is running on this database and cannot be reached at {addresses}: run this where those addresses can be reached, or send "
                + $"POST /v1/audit to one of its servers. {failure.Message}");
        }
    }
}
