using Orleans;

namespace Grid.Load.Engine;

/// <summary>The least a grain can do, so that what is measured is the engine.</summary>
internal interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Count();

    /// <summary>Counts after something outside of the grain has completed, as a commit does.</summary>
    Task<int> CountAfterBatch();
}

/// <summary>Calls others from inside of a grain, where calls are queued and their answers awaited with a deadline.</summary>
internal interface IDriverGrain : IGrainWithStringKey
{
    Task Drive(IReadOnlyList<string> keys, int seed, int requests, int callsPerRequest);
}

internal sealed class DriverGrain : Grain, IDriverGrain
{
    public async Task Drive(IReadOnlyList<string> keys, int seed, int requests, int callsPerRequest)
    {
        var random = new Random(seed);
        var calls = new Task<int>[callsPerRequest];
        for (var request = 0; request < requests; request++)
        {
            for (var i = 0; i < calls.Length; i++)
                calls[i] = GrainFactory.GetGrain<ICounterGrain>(keys[random.Next(keys.Count)]).Count();
            await Task.WhenAll(calls);
        }
    }
}

internal sealed class CounterGrain(Batches batches) : Grain, ICounterGrain
{
    private int _count;

    public Task<int> Count() => Task.FromResult(++_count & 1);

    public async Task<int> CountAfterBatch()
    {
        await batches.Join();
        return ++_count & 1;
    }
}
