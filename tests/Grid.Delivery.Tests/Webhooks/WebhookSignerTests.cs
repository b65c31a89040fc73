using System.Security.Cryptography;
using System.Text;
using Grid.Delivery.Webhooks;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.Webhooks;

public sealed class WebhookSignerTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);

    [Fact]
    public void SignsTheExampleOfTheSpecification()
    {
        var signer = new WebhookSigner(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]);

        signer.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", At, """{"test": 2432232314}"""u8).ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    [Fact]
    public void SignsWithEachSecretInOrder()
    {
        var body = """{"城市":"上海"}"""u8.ToArray();

        new WebhookSigner([Some.NewSecret, Some.Secret]).Sign("1-t", At, body)
            .ShouldBe($"{Expected(Some.NewSecret, "1-t", body)} {Expected(Some.Secret, "1-t", body)}");
    }

    [Fact]
    public void SignsForManyRequestsAtOnce()
    {
        var signer = new WebhookSigner([Some.Secret]);

        Parallel.For(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var body = Encoding.UTF8.GetBytes($"body {i}");
            signer.Sign($"{i}-t", At, body).ShouldBe(Expected(Some.Secret, $"{i}-t", body));
        });
    }

    [Theory]
    [InlineData("42-vip", true)]
    [InlineData("", false)]
    [InlineData("42.vip", false)]
    [InlineData("42 vip", false)]
    [InlineData("42-会员", false)]
    [InlineData("42\r\n", false)]
    public void TakesIdsThatAHeaderAndASignatureCanHold(string id, bool valid) => WebhookSigner.IsMessageId(id).ShouldBe(valid);

    private static string Expected(string secret, string id, byte[] body)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{At.ToUnixTimeSeconds()}."), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed));
    }
}
