using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests;

public sealed class DeliveryMessageTests
{
    [Fact]
    public void Survives_storage_whole()
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
    public void Stores_only_what_an_alert_has()
    {
        var text = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(Some.Alert(), DeliveryJson.Default.DeliveryMessage));

        text.ShouldNotContain("null");
        text.ShouldNotContain("orderKey");
        text.Length.ShouldBeLessThan(260);
        JsonSerializer.Deserialize(text, DeliveryJson.Default.DeliveryMessage).ShouldBe(Some.Alert());
    }

    [Fact]
    public void Orders_sequences_as_positions()
    {
        long[] positions = [0, 9, 10, 99, 100, 12_345_678_901, long.MaxValue];

        positions.Select(DeliveryMessage.SequenceOf).Order(StringComparer.Ordinal).ShouldBe(positions.Select(DeliveryMessage.SequenceOf));
    }

    [Fact]
    public void Hides_the_person_from_logs()
    {
        Some.Message(customer: "wang@shop.example").ToString().ShouldNotContain("wang");
        Some.Endpoint().ToString().ShouldNotContain("whsec_");
    }

    [Fact]
    public void Orders_alerts_by_segment_and_the_rest_by_customer()
    {
        Some.Alert().OrderKey.ShouldBe("segment:rfm/lost");
        Some.Message(customer: "c-9").OrderKey.ShouldBe("c-9");
    }

    [Fact]
    public void Stores_the_health_of_an_endpoint()
    {
        var health = EndpointHealth.Fresh.After(new Failed("no", 503, TimeSpan.FromSeconds(9)), Some.Noon);

        var text = JsonSerializer.Serialize(health, DeliveryJson.Default.EndpointHealth);

        JsonSerializer.Deserialize(text, DeliveryJson.Default.EndpointHealth).ShouldBe(health);
    }
}
