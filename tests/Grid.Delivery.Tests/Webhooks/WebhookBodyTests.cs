using System.Net.Mime;
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents.SystemTextJson;
using Grid.Delivery.Webhooks;
using Grid.Model.Time;
using Grid.Model.Transitions;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.Webhooks;

public sealed class WebhookBodyTests
{
    [Theory]
    [InlineData(EndpointFormat.CloudEvents)]
    [InlineData(EndpointFormat.Segment)]
    public void HasTheSameBytesInEveryRepeat(EndpointFormat format)
    {
        var stored = JsonSerializer.Serialize(Some.Message(), DeliveryJson.Default.DeliveryMessage);
        var first = WebhookBody.Create(Some.Message(), format, "/grid")!;

        for (var i = 0; i < 20; i++)
        {
            var again = WebhookBody.Create(JsonSerializer.Deserialize(stored, DeliveryJson.Default.DeliveryMessage)!, format, "/grid")!;
            again.Bytes.ToArray().ShouldBe(first.Bytes.ToArray());
            again.ContentType.ShouldBe(first.ContentType);
        }
    }

    [Fact]
    public void IsACloudEvent()
    {
        var body = WebhookBody.Create(Some.Message(), EndpointFormat.CloudEvents, "https://grid.example.com/")!;

        body.ContentType.ShouldBe("application/cloudevents+json; charset=utf-8");
        var cloudEvent = new JsonEventFormatter().DecodeStructuredModeMessage(body.Bytes, new ContentType(body.ContentType), null);
        cloudEvent.IsValid.ShouldBeTrue();
        cloudEvent.SpecVersion.VersionId.ShouldBe("1.0");
        cloudEvent.Id.ShouldBe("1-42-vip-upgrade");
        cloudEvent.Type.ShouldBe("grid.transition.upgrade");
        cloudEvent.Source!.ToString().ShouldBe("https://grid.example.com/");
        cloudEvent.Subject.ShouldBe("c-1");
        cloudEvent.Time.ShouldBe(Some.Noon.ToDateTimeOffset());
        cloudEvent["sequence"].ShouldBe("01-0000000000000000042");
    }

    [Fact]
    public void IsExactlyThisText()
    {
        var body = WebhookBody.Create(Some.Message(), EndpointFormat.CloudEvents, "/grid")!;

        Encoding.UTF8.GetString(body.Bytes.Span).ShouldBe(
            """
            {"specversion":"1.0","id":"1-42-vip-upgrade","source":"/grid","type":"grid.transition.upgrade","subject":"c-1",
            "time":"2026-03-14T12:00:00Z","datacontenttype":"application/json","sequence":"01-0000000000000000042","data":
            {"trigger":"vip-upgrade","scheme":"value-tier","from":"silver","to":"gold","direction":"upgrade","cause":"event",
            "effectiveAt":"2026-03-14T12:00:00.000Z","committedAt":"2026-03-14T12:00:00.007Z","explanation":[
            {"name":"amount in 365 days","value":"12 000"},{"name":"needed","value":"10 000"}],
            "playbook":"赠送升级礼 \u0026 \u003Ccall\u003E","traits":{"city":"上海","age":"31"}}}
            """.ReplaceLineEndings(string.Empty));
    }

    [Theory]
    [InlineData(Direction.Entry, "grid.transition.entry")]
    [InlineData(Direction.Upgrade, "grid.transition.upgrade")]
    [InlineData(Direction.Downgrade, "grid.transition.downgrade")]
    [InlineData(Direction.Exit, "grid.transition.exit")]
    [InlineData(Direction.Change, "grid.transition.change")]
    public void NamesItsDirection(Direction direction, string type) =>
        CloudEventBody.TypeOf(Some.Message() with { Direction = direction }).ShouldBe(type);

    [Fact]
    public void NamesItsKind()
    {
        CloudEventBody.TypeOf(Some.Message() with { Kind = DeliveryKind.ComingLapse }).ShouldBe("grid.lapse.coming");
        CloudEventBody.TypeOf(Some.Message() with { Kind = DeliveryKind.Test }).ShouldBe("grid.test");
        CloudEventBody.TypeOf(Some.Alert()).ShouldBe("grid.alert");
    }

    [Fact]
    public void SaysWhatAnAlertSays()
    {
        using var alert = JsonDocument.Parse(WebhookBody.Create(Some.Alert(), EndpointFormat.CloudEvents, "/grid")!.Bytes);

        alert.RootElement.GetProperty("subject").GetString().ShouldBe("segment:rfm/lost");
        alert.RootElement.GetProperty("data").GetRawText().ShouldBe(
            """
            {"trigger":"lost-grows","scheme":"rfm","layer":"lost","sentence":"lost grew by 10 % in a day",
            "effectiveAt":"2026-03-14T12:00:00.000Z","committedAt":"2026-03-14T12:00:00.000Z"}
            """.ReplaceLineEndings(string.Empty));
    }

    [Fact]
    public void LeavesOutATimeThatNoDateExpresses()
    {
        using var body = JsonDocument.Parse(WebhookBody.Create(
            Some.Message() with { EffectiveAt = Instant.Beginning }, EndpointFormat.CloudEvents, "/grid")!.Bytes);

        body.RootElement.TryGetProperty("time", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("silver", "gold", "Audience Exited value-tier/silver", "Audience Entered value-tier/gold")]
    [InlineData(null, "gold", "Audience Entered value-tier/gold")]
    [InlineData("silver", null, "Audience Exited value-tier/silver")]
    public void TracksTheLayerLeftAndTheLayerEntered(string? from, string? to, params string[] calls)
    {
        using var body = JsonDocument.Parse(WebhookBody.Create(Some.Message() with { From = from, To = to }, EndpointFormat.Segment, "/grid")!.Bytes);

        var tracks = body.RootElement.GetProperty("batch").EnumerateArray().ToList();
        tracks.Select(track => $"{track.GetProperty("event").GetString()} {track.GetProperty("properties").GetProperty("audience_key").GetString()}")
            .ShouldBe(calls);
        tracks.ShouldAllBe(track => track.GetProperty("type").GetString() == "track" && track.GetProperty("userId").GetString() == "c-1");
        tracks.ShouldAllBe(track => track.GetProperty("timestamp").GetString() == "2026-03-14T12:00:00.000Z");
        tracks.Select(track => track.GetProperty("messageId").GetString()).ShouldBeUnique();
    }

    [Fact]
    public void TracksAnAnonymousCustomerAsSuch()
    {
        using var body = JsonDocument.Parse(WebhookBody.Create(Some.Message(customer: "anonymous:v-7"), EndpointFormat.Segment, "/grid")!.Bytes);

        var track = body.RootElement.GetProperty("batch")[0];
        track.GetProperty("anonymousId").GetString().ShouldBe("v-7");
        track.TryGetProperty("userId", out _).ShouldBeFalse();
    }

    [Fact]
    public void HasNoSegmentFormOfAnAlert() => WebhookBody.Create(Some.Alert(), EndpointFormat.Segment, "/grid").ShouldBeNull();
}
