using System.Diagnostics;
using Grid.InProcess.Engine;
using Grid.InProcess.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Grid.Load.Engine;

/// <summary>What the in-process engine costs: a call, an activation, an idle grain.</summary>
internal sealed class EngineCost(IGrainFactory grains, GrainEngine engine, Batches batches, string[] keys)
{
    private const int Callers = 2;
    private const int Senders = 32;
    private const int CallsPerRequest = 100;
    private const int TotalCalls = 3_200_000;

    internal static async Task<int> Measure(int activations)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<Batches>()
            .AddInProcessGrains(options => options.Assemblies.Add(typeof(EngineCost).Assembly))
            .BuildServiceProvider();
        var host = services.GetServices<IHostedService>().Single();
        await host.StartAsync(CancellationToken.None);
        var keys = Enumerable.Range(0, activations).Select(i => $"customer-{i:D8}").ToArray();
        var cost = new EngineCost(
            services.GetRequiredService<IGrainFactory>(),
            services.GetRequiredService<GrainEngine>(),
            services.GetRequiredService<Batches>(),
            keys);
        await cost.Warm();
        await cost.Activate();
        await cost.Calls("calls that complete at once", (seed, requests) => cost.Request(seed, requests, grain => grain.Count()));
        await cost.Calls(
            "calls that wait for a batch of 500",
            (seed, requests) => cost.Request(seed, requests, grain => grain.CountAfterBatch()));
        await cost.Calls("calls from inside of grains", cost.Drive);
        cost.WeighIdle();
        var watch = Stopwatch.StartNew();
        await host.StopAsync(CancellationToken.None);
        Console.WriteLine($"{"deactivation of all",-40} {watch.Elapsed.TotalMicroseconds / activations,8:F2} µs each");
        return 0;
    }

    private long _before;

    private async Task Warm()
    {
        for (var i = 0; i < 2000; i++)
            await grains.GetGrain<ICounterGrain>($"warm-{i % 10}").Count();
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => grains.GetGrain<ICounterGrain>($"warm-{i % 10}").Count()));
    }

    private async Task Activate()
    {
        _before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        await InParallel(async (from, to) =>
        {
            var calls = new List<Task>(CallsPerRequest);
            for (var i = from; i < to; i++)
            {
                calls.Add(grains.GetGrain<ICounterGrain>(keys[i]).Count());
                if (calls.Count < CallsPerRequest && i + 1 < to)
                    continue;
                await Task.WhenAll(calls);
                calls.Clear();
            }
        });
        watch.Stop();
        var perActivation = watch.Elapsed.TotalMicroseconds / keys.Length;
        var grainsNow = $"{Callers} callers, {engine.ResidentGrains:N0} grains";
        Console.WriteLine($"{"activation with its first call",-40} {perActivation,8:F2} µs each ({grainsNow})");
        Console.WriteLine($"{"idle, without its key",-40} {BytesPerGrain(),8:F0} bytes");
    }

    private async Task Calls(string name, Func<int, int, Task> requests)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        // What is left in a batch that never fills up is completed all the same.
        await using (new Timer(_ => batches.Flush(), null, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5)))
        {
            const int requestsEach = TotalCalls / Senders / CallsPerRequest;
            await Task.WhenAll(Enumerable.Range(0, Senders).Select(seed => Task.Run(() => requests(seed, requestsEach))));
        }
        watch.Stop();
        var perCall = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / TotalCalls;
        var bytes = (GC.GetTotalAllocatedBytes() - allocated) / TotalCalls;
        Console.WriteLine(
            $"{name,-40} {TotalCalls / watch.Elapsed.TotalSeconds / 1e6,8:F2} M/s,"
            + $" {perCall:F2} µs of processor and {bytes} bytes allocated each");
    }

    private async Task Request(int seed, int requests, Func<ICounterGrain, Task<int>> call)
    {
        var random = new Random(seed);
        var calls = new Task<int>[CallsPerRequest];
        for (var request = 0; request < requests; request++)
        {
            for (var i = 0; i < calls.Length; i++)
                calls[i] = call(grains.GetGrain<ICounterGrain>(keys[random.Next(keys.Length)]));
            await Task.WhenAll(calls);
        }
    }

    private Task Drive(int seed, int requests) =>
        grains.GetGrain<IDriverGrain>($"driver-{seed}").Drive(keys, seed, requests, CallsPerRequest);

    private void WeighIdle() => Console.WriteLine($"{"idle after all calls, without its key",-40} {BytesPerGrain(),8:F0} bytes");

    private double BytesPerGrain() => (GC.GetTotalMemory(forceFullCollection: true) - _before) / (double)keys.Length;

    private Task InParallel(Func<int, int, Task> part) => Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(
        () => part((int)((long)keys.Length * caller / Callers), (int)((long)keys.Length * (caller + 1) / Callers)))));
}
