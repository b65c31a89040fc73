using System.Net;
using Grid.Delivery.Webhooks;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.Webhooks;

public sealed class WebhookEndpointValidatorTests
{
    [Fact]
    public void FindsNothingInValidSettings() =>
        Problems(Some.Endpoint() with { Secrets = [Some.NewSecret, Some.Secret], Headers = [new("Authorization", "Basic a2V5Og=="), new("X-Team", "crm 2")] })
            .ShouldBeEmpty();

    [Theory]
    [InlineData("Connection")]
    [InlineData("transfer-encoding")]
    [InlineData("TE")]
    [InlineData("Upgrade")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Host")]
    [InlineData("Content-Length")]
    [InlineData("Content-Type")]
    [InlineData("Webhook-Id")]
    [InlineData("webhook-signature")]
    [InlineData("webhook-anything")]
    [InlineData("Metadata-Flavor")]
    [InlineData("X-aws-ec2-metadata-token")]
    public void ReservesHeadersOfTheConnectionAndOfTheSignature(string name) =>
        Problems(Some.Endpoint() with { Headers = [new("X-Team", "crm"), new(name, "x")] }).ShouldBe(["headers[1].name header_reserved"]);

    [Theory]
    [InlineData("a\r\nx: y")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    [InlineData("密钥")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("")]
    public void RefusesValuesThatCouldBeginAnotherHeader(string value) =>
        Problems(Some.Endpoint() with { Headers = [new("X-Team", value)] }).ShouldBe(["headers[0].value header_value"]);

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a\r\nb")]
    [InlineData("头")]
    public void RefusesNamesThatAreNoHeaders(string name) =>
        Problems(Some.Endpoint() with { Headers = [new(name, "x")] }).ShouldBe(["headers[0].name header_name"]);

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64!")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQQ==")]
    public void RefusesSecretsOfAnotherForm(string secret) =>
        Problems(Some.Endpoint() with { Secrets = [Some.Secret, secret] }).ShouldBe(["secrets[1] secret_form"]);

    [Fact]
    public void CountsSecretsAndHeaders()
    {
        Problems(Some.Endpoint() with { Secrets = [] }).ShouldBe(["secrets secrets_count"]);
        Problems(Some.Endpoint() with { Secrets = [Some.Secret, Some.Secret] }).ShouldBe(["secrets[1] secret_repeated"]);
        Problems(Some.Endpoint() with { Headers = [.. Enumerable.Range(0, 33).Select(i => new NamedText($"X-{i}", "v"))] }).ShouldBe(["headers headers_count"]);
        Problems(Some.Endpoint() with { Headers = [new("X-A", "1"), new("x-a", "2")] }).ShouldBe(["headers[1].name header_repeated"]);
    }

    [Theory]
    [InlineData(0, 1, "rate")]
    [InlineData(10_001, 1, "rate")]
    [InlineData(1, 0, "concurrency")]
    [InlineData(1, 257, "concurrency")]
    public void BoundsRateAndConcurrency(int rate, int concurrency, string path) =>
        Problems(Some.Endpoint() with { RatePerSecond = rate, Concurrency = concurrency }).ShouldBe([$"{path} {path}_range"]);

    [Theory]
    [InlineData("")]
    [InlineData("Crm")]
    [InlineData("-crm")]
    [InlineData("crm_2")]
    public void RefusesOtherNames(string name) => Problems(Some.Endpoint() with { Name = name }).ShouldBe(["name name_form"]);

    [Fact]
    public void RefusesAnUnknownFormat() => Problems(Some.Endpoint() with { Format = (EndpointFormat)9 }).ShouldBe(["format format_unknown"]);

    [Fact]
    public void SaysEachProblemInTwoLanguages()
    {
        var endpoint = new WebhookEndpoint("X Y", $"https://{IPAddress.Loopback}/", []) { RatePerSecond = 0, Concurrency = 0, Headers = [new("te", "\n")] };

        var problems = WebhookEndpointValidator.Validate(endpoint, AddressRules.PublicOnly);

        problems.Select(problem => problem.Path).ShouldBe(["name", "url", "secrets", "headers[0].name", "headers[0].value", "rate", "concurrency"]);
        problems.ShouldAllBe(problem => problem.Text.Zh.Any(c => c >= '\u4e00') && problem.Text.En.All(char.IsAscii));
    }

    private static string[] Problems(WebhookEndpoint endpoint) =>
        [.. WebhookEndpointValidator.Validate(endpoint, AddressRules.PublicOnly).Select(problem => $"{problem.Path} {problem.Code}")];
}
