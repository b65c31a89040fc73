using Grid.Model.Facts;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>How a repeated call is recognised.</summary>
public sealed class RedeliveredCallTests
{
    [Fact]
    public void WithAMessageIdHasTheSameKeyWhateverElseChanged() =>
        SomeCalls.FactOf("""{"type":"page","userId":"u1","messageId":"m1"}""").Key
            .ShouldBe(SomeCalls.FactOf("""{"messageId":"\u006d1","type":"page","userId":"u2"}""").Key);

    [Fact]
    public void WithATimestampOnlyIsRecognisedByItsBytesExceptForTheSendingTime()
    {
        const string First = """{"type":"page","userId":"u1","timestamp":"2026-06-01T11:00:00Z","sentAt":"2026-06-01T11:00:01Z"}""";
        var key = SomeCalls.FactOf(First).Key;
        SomeCalls.FactOf(First.Replace("11:00:01", "11:30:07", StringComparison.Ordinal)).Key.ShouldBe(key);
        SomeCalls.FactOf(First.Replace("u1", "u2", StringComparison.Ordinal)).Key.ShouldNotBe(key);
        SomeCalls.FactOf(First.Replace("T11:00:00", "T11:00:02", StringComparison.Ordinal)).Key.ShouldNotBe(key);
    }

    [Fact]
    public void WithoutBothIsAlwaysNew()
    {
        const string Call = """{"type":"page","userId":"u1"}""";
        var batch = SomeCalls.ReadBatch(SomeCalls.Batch(Call, Call, Call));
        batch.Items.Select(item => item.Fact!.Key).Distinct().Count().ShouldBe(3);
    }
}
