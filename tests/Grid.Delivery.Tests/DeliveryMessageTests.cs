using System.Text;
using System.Text.Json;
using Grid.Delivery.Webhooks;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests;

public sealed class DeliveryMessageTests
{
    [Fact]
    public void SurvivesStorageWhole()
    {
        var message = Some.Message();

        var stored = JsonSerializer.SerializeToUtf8Bytes(message, DeliveryJson.Default.DeliveryMessage);
        var read = JsonSerializer.Deserialize(stored, DeliveryJson.Default.DeliveryMessage)!;

        read.Explanation.ShouldBe(message.Explanation);
        read.Traits.ShouldBe(message.Traits);
        (read with { Explanation = null, Traits = null }).ShouldBe(message with { Explanation = null, Traits = null });
        JsonSerializer.SerializeToUtf8Bytes(read, DeliveryJson.Default.DeliveryMessage).ShouldBe(stored);
    }

    [Fact]
    public void StoresOnlyWhatAnAlertHas()
    {
        var text = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(Some.Alert(), DeliveryJson.Default.DeliveryMessage));

        text.ShouldNotContain("null");
        text.ShouldNotContain("orderKey");
        text.Length.ShouldBeLessThan(260);
        JsonSerializer.Deserialize(text, DeliveryJson.Default.DeliveryMessage).ShouldBe(Some.Alert());
    }

    [Fact]
    public void OrdersSequencesAsPositions()
    {
        long[] positions = [0, 9, 10, 99, 100, 12_345_678_901, long.MaxValue];

        var texts = positions.Select(position => DeliveryMessage.SequenceOf(1, position)).ToList();

        texts.Order(StringComparer.Ordinal).ShouldBe(texts);
    }

    [Fact]
    public void HidesThePersonFromLogs()
    {
        Some.Message(customer: "wang@shop.example").ToString().ShouldNotContain("wang");
        Some.Endpoint().ToString().ShouldNotContain("whsec_");
    }

    [Fact]
    public void OrdersAlertsBySegmentAndTheRestByCustomer()
    {
        Some.Alert().OrderKey.ShouldBe("segment:rfm/lost");
        Some.Message(customer: "c-9").OrderKey.ShouldBe("c-9");
    }

    [Fact]
    public void HasAnIdOfItsOwnPerTriggerAndPlaceInTheLog()
    {
        string[] ids = [DeliveryMessage.IdOf(0, 1, "t"), DeliveryMessage.IdOf(1, 1, "t"), DeliveryMessage.IdOf(0, 11, "t"), DeliveryMessage.IdOf(0, 1, "u")];

        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => WebhookSigner.IsMessageId(id));
    }

    [Fact]
    public void StoresTheSettingsOfAnEndpoint()
    {
        var endpoint = Some.Endpoint() with { Headers = [new("X-Team", "crm")], Format = EndpointFormat.Segment, Concurrency = 3 };

        var text = JsonSerializer.Serialize(endpoint, DeliveryJson.Default.WebhookEndpoint);
        var read = JsonSerializer.Deserialize(text, DeliveryJson.Default.WebhookEndpoint)!;

        read.Headers.ShouldBe(endpoint.Headers);
        read.Secrets.ShouldBe(endpoint.Secrets);
        (read with { Headers = endpoint.Headers, Secrets = endpoint.Secrets }).ShouldBe(endpoint);
    }

    [Fact]
    public void StoresTheHealthOfAnEndpoint()
    {
        var health = EndpointHealth.Fresh.After(new Failed("no", 503, TimeSpan.FromSeconds(9)), Some.Noon);

        var text = JsonSerializer.Serialize(health, DeliveryJson.Default.EndpointHealth);

        JsonSerializer.Deserialize(text, DeliveryJson.Default.EndpointHealth).ShouldBe(health);
    }
}
