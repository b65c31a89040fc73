using Grid.Ledger;
using Grid.Server.Silos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ledger.Contract;

/// <summary>Orleans' storage provider on the tables and statements of each store.</summary>
public abstract class StatesContract : LedgerContract
{
    private const string Name = "segment";
    private static readonly string[] Keys = ["rfm8", "grid", "face", "0123456789abcdef0123456789abcdef", "a+b", "阶段"];

    private protected StatesContract(ILedgerStore store)
        : base(store)
    {
    }

    [Fact]
    public async Task WrittenStateIsReadWithItsTag()
    {
        var storage = await Provider();
        foreach (var (index, key) in Keys.Index())
        {
            var written = await Written(storage, key, $"{index}", null);

            var read = await Read(storage, key);
            (read.State!.Text, read.ETag, read.RecordExists).ShouldBe(($"{index}", written.ETag, true));
        }

        foreach (var (index, key) in Keys.Index()) (await Read(storage, key)).State!.Text.ShouldBe($"{index}");
        var none = await Read(storage, "journey");
        (none.State!.Text, none.ETag, none.RecordExists).ShouldBe(("", null, false));
    }

    [Fact]
    public async Task LateWriterIsRefusedAndChangesNothing()
    {
        var storage = await Provider();
        var first = (await Written(storage, "rfm8", "a", null)).ETag;
        (await Written(storage, "rfm8", "b", first)).ETag.ShouldNotBe(first);

        await Written(storage, "rfm8", "c", first).ShouldThrowAsync<InconsistentStateException>();
        await Written(storage, "rfm8", "c", null).ShouldThrowAsync<InconsistentStateException>();
        await Written(storage, "journey", "c", first).ShouldThrowAsync<InconsistentStateException>();

        (await Read(storage, "rfm8")).State!.Text.ShouldBe("b");
        (await Read(storage, "journey")).RecordExists.ShouldBeFalse();
    }

    [Fact]
    public async Task ClearedStateIsGoneAndItsTagsNeverReturn()
    {
        var storage = await Provider();
        var state = await Written(storage, "rfm8", "a", null);
        var first = state.ETag;
        await storage.ClearStateAsync(Name, Id("rfm8"), state);

        var cleared = await Read(storage, "rfm8");
        (cleared.State!.Text, cleared.RecordExists).ShouldBe(("", false));
        await Written(storage, "rfm8", "late", first).ShouldThrowAsync<InconsistentStateException>();
        (await Written(storage, "rfm8", "b", cleared.ETag)).ETag.ShouldNotBeOneOf(first, cleared.ETag);
    }

    [Fact]
    public async Task StatesOfManyGrainsAreWrittenAtOnce()
    {
        var storage = await Provider();
        var keys = Enumerable.Range(0, 40).Select(n => $"scheme-{n}").ToList();
        for (var round = 1; round <= 3; round++)
        {
            var text = $"{round}";
            await Task.WhenAll(keys.Select(async key => await Written(storage, key, text, (await Read(storage, key)).ETag)));
        }

        foreach (var key in keys) (await Read(storage, key)).State!.Text.ShouldBe("3");
    }

    private static GrainId Id(string key) => GrainId.Create("segment", key);

    private static async Task<GrainState<Note>> Read(AdoNetGrainStorage storage, string key)
    {
        var state = new GrainState<Note>();
        await storage.ReadStateAsync(Name, Id(key), state);
        return state;
    }

    private static async Task<GrainState<Note>> Written(AdoNetGrainStorage storage, string key, string text, string? tag)
    {
        var state = new GrainState<Note> { State = new Note { Text = text }, ETag = tag, RecordExists = tag is not null };
        await storage.WriteStateAsync(Name, Id(key), state);
        return state;
    }

    private async Task<AdoNetGrainStorage> Provider()
    {
        var database = (IStateDatabase)Ledger;
        var options = new AdoNetGrainStorageOptions
        {
            Invariant = database.Invariant,
            DataSource = database.Connections,
            GrainStorageSerializer = new StateSerializer(),
        };
        var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var storage = new AdoNetGrainStorage(
            services.GetRequiredService<IActivatorProvider>(),
            NullLogger<AdoNetGrainStorage>.Instance,
            Options.Create(options),
            Options.Create(new ClusterOptions { ServiceId = "grid" }),
            "Default");
        var lifecycle = new StartedOnly();
        storage.Participate(lifecycle);
        await lifecycle.Participant.ShouldNotBeNull().OnStart(Cancellation);
        return storage;
    }

    public sealed class Note
    {
        public string Text { get; set; } = "";
    }

    /// <summary>The test itself starts the lifecycle participant.</summary>
    private sealed class StartedOnly : ISiloLifecycle
    {
        public ILifecycleObserver? Participant { get; private set; }

        public int HighestCompletedStage => int.MinValue;

        public int LowestStoppedStage => int.MaxValue;

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            Participant = observer;
            return Stream.Null;
        }
    }
}
