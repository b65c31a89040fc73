using Shouldly;
using Xunit;

namespace Grid.Tests.Schemes.Files;

public sealed class BrokenScoringTests
{
    public static TheoryData<int, string, string> Cases { get; } = FaultCases.WithPlaces(
        """
        4| rfm:
        | layers:
        => 4:5: "rfm" is a mapping such as { window: 90d, scores: rank }; found nothing.

        4| rfm: { window: 90 days, scores: rank }
        | layers:
        => 4:16: "90 days" is no window; write a span such as 90d, 12h or 30m, or all.

        4| rfm: { window: 0d, scores: rank }
        | layers:
        => 4:16: "0d" is no window; write a span such as 90d, 12h or 30m, or all.

        4| rfm: { window: 99999999999999999999d, scores: rank }
        | layers:
        => 4:16: "99999999999999999999d" is no window; write a span such as 90d, 12h or 30m, or all.

        4| rfm: { scores: ranks }
        | layers:
        => 4:6: "rfm" needs "window"; write for example "window: 90d".
        => 4:16: "scores" is one of rank, qcut, ntile, rfm-r, rfm-r-cents, or names recency, frequency and monetary, each with one of these or bands.

        4| rfm: { window: 90d, score: rank }
        | layers:
        => 4:6: "rfm" needs "scores"; write for example "scores: rank".
        => 4:21: "rfm" has no "score" (known: window, scores, highMargin); did you mean "scores"?

        4| rfm: { window: 90d, scores: { recency: rank, frequency: ranked } }
        | layers:
        => 4:29: "scores" needs "monetary"; write for example "monetary: rank".
        => 4:57: "frequency" is one of rank, qcut, ntile, rfm-r, rfm-r-cents, or bands such as { bands: [5d, 10d, 20d, 40d] }; found text.

        4| rfm:
        |   window: 90d
        |   scores:
        |     recency: { window: 30d, bands: [5d, 10d, 20d] }
        |     frequency: { window: 3x, bands: [2, 5, 10, 15] }
        |     monetary: { bands: [500, 500, 100, x] }
        | layers:
        => 7:16: "recency" has no "window" (known: bands).
        => 7:36: "bands" are 4 bounds between 5 scores, best first, such as "bands: [5d, 10d, 20d, 40d]"; found 3.
        => 8:26: "3x" is no window; write a span such as 90d, 12h or 30m, or all.
        => 8:41: The bounds of frequency stand best first, so each is less than the one before; "5" is not.
        => 8:44: The bounds of frequency stand best first, so each is less than the one before; "10" is not.
        => 8:48: The bounds of frequency stand best first, so each is less than the one before; "15" is not.
        => 9:30: The bounds of monetary stand best first, so each is less than the one before; "500" is not.
        => 9:40: A bound of monetary is an amount in major units, 0 or more, such as 500 or 499.90; found "x".

        4| rfm:
        |   window: 90d
        |   scores:
        |     recency: { bands: [5d, 3d, all, [x]] }
        |     frequency: { bands: [15, 10, 5.5, 0] }
        |     monetary: { bands: rank }
        | layers:
        => 7:28: The bounds of recency stand best first, so each is longer than the one before; "3d" is not.
        => 7:32: A bound of recency is a span such as 90d, 12h or 30m (whole days with a calendar); found "all".
        => 7:37: A bound of recency is a span such as 90d, 12h or 30m (whole days with a calendar); found a list.
        => 8:34: A bound of frequency is a whole number of orders, 1 or more, such as 15; found "5.5".
        => 8:39: A bound of frequency is a whole number of orders, 1 or more, such as 15; found "0".
        => 9:24: "bands" is a list such as "bands: [15, 10, 5, 2]"; found text.

        4| calendar: Asia/Shanghai
        | rfm:
        |   window: 36h
        |   scores:
        |     recency: { bands: [5h, 48h, 20d, 40d] }
        |     frequency: { window: 12h, bands: [15, 10, 5, 2] }
        |     monetary: { bands: [300, 200, -1, 0] }
        | layers:
        => 6:11: With a calendar windows are whole days; "36h" is not.
        => 8:24: A bound of recency is a span such as 90d, 12h or 30m (whole days with a calendar); found "5h".
        => 9:26: With a calendar windows are whole days; "12h" is not.
        => 10:35: A bound of monetary is an amount in major units, 0 or more, such as 500 or 499.90; found "-1".
        """);

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsToldWithEveryPlaceAndWhatToWrite(int line, string replacement, string faults) =>
        SchemeText.Faults(SchemeText.With(line, replacement)).ShouldBe(faults);
}
