using System.Text;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Shouldly;
using Xunit;

namespace Grid.Tests.Engine;

public interface INotebookGrain : IGrainWithStringKey
{
    Task Write(string line);

    Task<IReadOnlyList<string>> Lines();

    Task Clear();

    Task Leave();
}

public sealed class Notebook
{
    public List<string> Lines { get; set; } = [];
}

internal sealed class NotebookGrain([PersistentState("notebook", "grid")] IPersistentState<Notebook> notebook) : Grain, INotebookGrain
{
    public Task Write(string line)
    {
        notebook.State.Lines.Add(line);
        return notebook.WriteStateAsync();
    }

    public Task<IReadOnlyList<string>> Lines() => Task.FromResult<IReadOnlyList<string>>([.. notebook.State.Lines]);

    public Task Clear() => notebook.ClearStateAsync();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public sealed class StoredState
{
    [Fact]
    public async Task IsReadBeforeTheFirstCallOfTheNextActivation()
    {
        await using var fixture = await EngineFixture.Start();
        var notebook = fixture.Grains.GetGrain<INotebookGrain>("a");
        await notebook.Write("one");
        await notebook.Write("two");

        await notebook.Leave();
        await fixture.Settle();

        (await notebook.Lines()).ShouldBe(["one", "two"]);
        (await fixture.Grains.GetGrain<INotebookGrain>("b").Lines()).ShouldBeEmpty();
    }

    [Fact]
    public async Task IsGoneWhenCleared()
    {
        await using var fixture = await EngineFixture.Start();
        var notebook = fixture.Grains.GetGrain<INotebookGrain>("a");
        await notebook.Write("one");

        await notebook.Clear();

        (await notebook.Lines()).ShouldBeEmpty();
        (await fixture.States.Read("notebook", "a", TestContext.Current.CancellationToken)).ShouldBeNull();
        await notebook.Write("again");
        (await notebook.Lines()).ShouldBe(["again"]);
    }

    [Fact]
    public async Task IsNotOverwrittenWhenAnotherHasChangedIt()
    {
        await using var fixture = await EngineFixture.Start();
        var notebook = fixture.Grains.GetGrain<INotebookGrain>("a");
        await notebook.Write("one");
        var stored = (await fixture.States.Read("notebook", "a", TestContext.Current.CancellationToken))!;
        await fixture.States.Write("notebook", "a", Encoding.UTF8.GetBytes("""{"lines":["other"]}"""), stored.Tag);

        await Should.ThrowAsync<InconsistentStateException>(() => notebook.Write("two"));

        await notebook.Leave();
        await fixture.Settle();
        (await notebook.Lines()).ShouldBe(["other"]);
    }
}
