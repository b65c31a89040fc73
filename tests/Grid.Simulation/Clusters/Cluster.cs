using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Grid.Ledger;
using Grid.Testing;
using Grid.Testing.Postgres;
using Grid.Testing.Servers;

namespace Grid.Simulation.Clusters;

/// <summary>Silos on one database, each a process of its own, which tests start and stop.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    // Guards the list; it contains only silos that listen.
    private readonly Lock _gate = new();
    private readonly List<ServerProcess> _silos = [];

    private readonly string _database;

    private Cluster(string database) => _database = database;

    public IReadOnlyList<ServerProcess> Silos
    {
        get
        {
            lock (_gate) return [.. _silos];
        }
    }

    /// <summary>Returns when this many silos can take events.</summary>
    public static async Task<Cluster> Start(int silos, PostgresServer database)
    {
        var cluster = new Cluster(database.PooledConnectionString);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, silos).Select(_ => cluster.Start()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the silo is ready to take events.</summary>
    /// <param name="assembly">Of a server other than the one built with the tests.</param>
    public async Task<ServerProcess> Start(string? assembly = null)
    {
        var settings = new Dictionary<string, string>
        {
            ["Grid__Cluster__SiloPort"] = FreePort(),
            ["Grid__Cluster__GatewayPort"] = FreePort(),
            ["Grid__Cluster__AdvertisedAddress"] = "127.0.0.1",
        };
        var silo = await ServerProcess.Listen(assembly ?? BuiltServer.Assembly, settings, "serve", "--postgres", _database);
        lock (_gate) _silos.Add(silo);
        return silo;
    }

    /// <summary>Kills a silo and removes it from the list.</summary>
    public async Task Kill(ServerProcess silo)
    {
        Leave(silo);
        silo.Kill();
        await silo.DisposeAsync();
    }

    /// <summary>Stops a silo in order.</summary>
    public async Task<int> Stop(ServerProcess silo)
    {
        Leave(silo);
        var exit = await silo.Interrupt();
        await silo.DisposeAsync();
        return exit;
    }

    /// <summary>Stops sending to this silo.</summary>
    public void Leave(ServerProcess silo)
    {
        lock (_gate) _silos.Remove(silo);
    }

    /// <summary>Sends to this silo again.</summary>
    public void Return(ServerProcess silo)
    {
        lock (_gate) _silos.Add(silo);
    }

    public ServerProcess Any(Random random)
    {
        lock (_gate) return _silos[random.Next(_silos.Count)];
    }

    /// <summary>The number of partitions of each silo, once all are activated and filled and every silo has at least a minimum.</summary>
    public async Task<IReadOnlyList<double>> PartitionsOfSilos(int atLeast) => await Patience.Until(
        async () => (IReadOnlyList<double>)await Task.WhenAll(Silos.Select(silo => silo.Metric("grid_partitions_filled"))),
        held => (int)held.Sum() == PartitionOf.Count && held.All(count => count >= atLeast),
        $"all partitions to be filled, at least {atLeast} on each silo");

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in Silos) await silo.DisposeAsync();
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
