using Grid.Server.Engines.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;
using Shouldly;
using Xunit;

namespace Grid.Tests.Engine.Orleans;

/// <summary>Calls of which the first is never answered, as if it were lost on its way: each is made a second time, whatever it answers with.</summary>
public sealed class SecondCalls : IAsyncLifetime
{
    // The second call passes through the filter like any other.
    private readonly AsyncLocal<bool> _isSecond = new();
    private readonly InProcessTestCluster _cluster;

    public SecondCalls()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host => host.Services.AddModelTypes());
        builder.ConfigureSilo((_, silo) => silo.Services.AddSingleton(new Witness()));
        builder.ConfigureClient(client => client.AddOutgoingGrainCallFilter(async context =>
        {
            if (context.InterfaceMethod.DeclaringType != typeof(IProbeGrain) || _isSecond.Value)
            {
                await context.Invoke();
                return;
            }

            _isSecond.Value = true;
            context.Result = await SecondCall.Of(context);
        }));
        _cluster = builder.Build();
    }

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task AnswerLikeTheFirst()
    {
        var probe = _cluster.Client.GetGrain<IProbeGrain>("p");

        (await probe.Count()).ShouldBe(1);
        (await probe.CountByValueTask()).ShouldBe(2);
        await probe.CountWithoutResult();
        (await probe.Key()).ShouldBe("p");
        (await probe.Count()).ShouldBe(4);
        (await probe.Echo(new Message("word", [3, 1]))).ShouldBe([3, 1]);
    }

    [Fact]
    public async Task ThrowWhatTheGrainThrows()
    {
        var probe = _cluster.Client.GetGrain<IProbeGrain>("p");

        (await Should.ThrowAsync<InvalidOperationException>(() => probe.Throw("so"))).Message.ShouldBe("so");
        (await Should.ThrowAsync<InvalidOperationException>(async () => await probe.ThrowAtOnce("soon"))).Message.ShouldBe("soon");
    }
}
