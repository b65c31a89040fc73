using System.Text;
using Grid.Ingest.Calls;
using Shouldly;
using Xunit;

namespace Grid.Tests.Ingest;

/// <summary>Bodies that are no JSON of a call or batch: the whole body is refused.</summary>
public sealed class UnreadableBodyTests
{
    public static TheoryData<string, string, string> Bodies { get; } = new()
    {
        { "", "the body is empty", "byte 0" },
        { "\uFEFF", "the body is empty", "byte 0" },
        { "[]", "the body is an array, expected an object", "$ (byte 0)" },
        { " 5", "the body is a number, expected an object", "$ (byte 1)" },
        { "{}", "batch is missing", "$.batch" },
        { """{"batch":{}}""", "batch is an object, expected an array", "$.batch (byte 9)" },
        { """{"batch":null}""", "batch is null, expected an array", "$.batch (byte 9)" },
        { """{"batch":[],"batch":[]}""", "batch is there twice", "$.batch (byte 20)" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void TellsReasonAndPlace(string body, string reason, string place)
    {
        var fault = Fault(Encoding.UTF8.GetBytes(body));
        fault.Reason.ShouldRead(reason);
        fault.Place.ShouldBe(place);
        fault.IsTooLarge.ShouldBeFalse();
    }

    public static TheoryData<string, string> Broken { get; } = new()
    {
        { """{"batch":[{"type":"page","userId":"u""", "$.batch[0] (line 1, byte 36)" },
        { """{"batch":[{"type":"page"}""", "$.batch[1] (line 1, byte 25)" },
        { """{"batch":[{"type":"page"},]}""", "$.batch[1] (line 1, byte 26)" },
        { "{\"batch\":[\n{\"type\":page}]}", "$.batch[0] (line 2, byte 8)" },
        { """{"batch":[{"total":NaN}]}""", "$.batch[0] (line 1, byte 19)" },
        { """{"batch":[{"total":01}]}""", "$.batch[0] (line 1, byte 20)" },
        { """{"batch":[]} x""", "$ (line 1, byte 13)" },
        { """{"batch":[/* */]}""", "$.batch[0] (line 1, byte 10)" },
        { """{'batch':[]}""", "$ (line 1, byte 1)" },
        { "{\"batch\":[{\"a\":\"b\nc\"}]}", "$.batch[0] (line 1, byte 17)" },
        { """{"batch":[{"a":"\x"}]}""", "$.batch[0] (line 1, byte 17)" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void OfBrokenJsonTellsItemLineAndByte(string body, string place)
    {
        var fault = Fault(Encoding.UTF8.GetBytes(body));
        fault.Reason.ToString().ShouldStartWith("unreadable JSON: ");
        fault.Place.ShouldBe(place);
    }

    [Fact]
    public void CutOffDeepInsideTellsSo()
    {
        var fault = Fault(Encoding.UTF8.GetBytes("""{"batch":[{"a":""" + new string('[', 5_000)));
        fault.Reason.ToString().ShouldStartWith("unreadable JSON: ");
        fault.Place.ShouldNotBeNull().ShouldStartWith("$.batch[0] (line 1, byte ");
    }

    [Fact]
    public void OfInvalidUtf8TellsTheByte()
    {
        byte[] body = [.. """{"batch":[{"a":"ok中"""u8, 0xC3, 0x28, .. "\"}]}"u8];
        var fault = Fault(body);
        fault.Reason.ShouldRead("the body is not valid UTF-8");
        fault.Place.ShouldBe("byte 21");
    }

    [Fact]
    public void OfMoreThan2500EventsIsTooLarge()
    {
        var fault = Fault(Encoding.UTF8.GetBytes(SomeCalls.Batch([.. Enumerable.Repeat("{}", 2_501)])));
        fault.IsTooLarge.ShouldBeTrue();
        fault.Reason.ShouldRead("a batch has at most 2500 events");
    }

    [Theory]
    [InlineData("""{"type":"page","userId":"u1"}""")]
    [InlineData("""{"type":"page","userId":"u1"} {""")]
    public void NeverThrowsWhereverItIsCut(string whole)
    {
        var bytes = Encoding.UTF8.GetBytes(whole);
        for (var length = 0; length < bytes.Length; length++)
        {
            var fault = SomeCalls.Parser().ReadCall(bytes.AsSpan(0, length), CallKind.Any, new CallBatch(SomeCalls.ReceivedAt));
            if (length < 29) fault.ShouldNotBeNull($"cut at {length}");
        }
    }

    private static BodyFault Fault(byte[] body) =>
        SomeCalls.Parser().ReadBatch(body, new CallBatch(SomeCalls.ReceivedAt)).ShouldNotBeNull();
}
