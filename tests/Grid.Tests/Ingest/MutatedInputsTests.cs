using Grid.Testing.Mutations;
using Grid.Tests.Deployment;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>No input of a client is answered with a status of 500 or above: a sender would repeat it for ever.</summary>
public sealed class MutatedInputsTests(WatchedServer server) : IClassFixture<WatchedServer>
{
    private const int Inputs = 4_000;
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task NeverFailTheServer(int seed)
    {
        var mutator = new RequestMutator(seed, Now);
        var failures = new List<string>();
        for (var input = 0; input < Inputs; input++)
        {
            var mutated = mutator.Next();
            using var message = mutated.ToMessage(server.Http.BaseAddress);
            message.Headers.Authorization = new("Bearer", WatchedServer.Key);
            using var answer = await server.Http.SendAsync(message);
            if ((int)answer.StatusCode >= 500) failures.Add($"{input}: {(int)answer.StatusCode} {mutated}");
        }

        failures.ShouldBeEmpty();
    }

    [Fact]
    public void AreTheSameForTheSameSeed()
    {
        static IEnumerable<string> Some(int seed)
        {
            var mutator = new RequestMutator(seed, Now);
            return Enumerable.Range(0, 200).Select(_ => mutator.Next()).Where(request => !request.IsGzip).Select(request => request.ToString());
        }

        Some(7).ShouldBe(Some(7));
        Some(7).ShouldNotBe(Some(8));
    }
}
