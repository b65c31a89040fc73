using System.Net;
using Grid.Delivery.Webhooks;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.Webhooks;

/// <summary>Attempts to lead a request into a network that receivers must not reach (SSRF).</summary>
public sealed class ForbiddenAddressTests
{
    /// <summary>Hosts as an attacker writes them into the URL of an endpoint.</summary>
    public static TheoryData<string> WrittenHosts =>
    [
        // Loopback, in each spelling that some parser reads.
        "127.0.0.1", "127.0.0.2", "127.1.2.3", "127.255.255.255", "127.1", "127.0.1", "0", "0.0.0.0", "0.0.0.1", "2130706433", "2130706434",
        "0x7f000001", "0x7F.0.0.1", "0x7f.1", "0x7f.0x0.0x0.0x1", "017700000001", "0177.0.0.1", "0177.0.0.01", "0177.1", "0177.0.1", "00127.0.0.1",
        "127.0.0.01", "127.000.000.001", "0x7f.0.0.01", "127.0.0.1.", "127.0x0.1", "0x7f000001.", "017700000001.", "1", "0x0", "4294967295",
        "127.0.0.1:22", "0x7f.1:443", "0b1111111.0.0.1", "localhost.localhost", "127.0.0.1:6379", "2130706433:80",
        "[::1]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::]", "[::0]", "[::1%25lo]", "[::1%lo]", "[::1]:8080",
        "localhost", "LOCALHOST", "LocalHost", "localhost.", "foo.localhost", "localhost:80", "a.b.localhost.",

        // The same in characters that a parser normalises.
        "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1", "127．0．0．1", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "local\u00adhost", "%31%32%37.0.0.1", "127%2e0%2e0%2e1", "loc%61lhost",
        "bücher.example", "localhost\t", " 127.0.0.1", "127.0.0.1\\@hooks.example.com",

        // Private, link-local, metadata, shared, benchmark, documentation, multicast, broadcast, reserved.
        "10.0.0.1", "10.255.255.255", "167772161", "0xa000001", "012.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255",
        "3232235521", "0xc0a80001", "0300.0250.0.1", "169.254.0.1", "169.254.169.254", "2852039166", "0xa9fea9fe", "0xa9.0xfe.0xa9.0xfe",
        "0251.0376.0251.0376", "169.254.43518", "100.64.0.1", "100.127.255.255", "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.0.2.1",
        "198.51.100.7", "203.0.113.9", "198.18.0.1", "198.19.255.255", "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",

        // IPv6: own scopes, metadata, and IPv4 addresses inside.
        "[fe80::1]", "[febf::1]", "[fc00::1]", "[fdff::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[ff0e::1]", "[100::1]", "[2001:db8::1]",
        "[3fff::1]", "[5f00::1]", "[4000::1]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:0001]", "[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]", "[::ffff:8.8.8.8]",
        "[::ffff:10.0.0.1]", "[::ffff:c0a8:101]",
        "[::ffff:0:127.0.0.1]", "[::127.0.0.1]", "[::7f00:1]", "[::169.254.169.254]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]",
        "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::7f00:1]", "[64:ff9b:1:ffff::a9fe:a9fe]", "[2002:7f00:1::]", "[2002:7f00:1::1]", "[2002:a9fe:a9fe::1]",
        "[2002:c0a8:1::1]", "[2001::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[2001:2::1]", "[2001:10::1]", "[2001:20::1]",
        "[2606:4700::5efe:7f00:1]", "[2606:4700::200:5efe:10.0.0.1]", "[fe80::5efe:c0a8:1]",

        // Parts of a URL that hide where it leads.
        "hooks.example.com@127.0.0.1", "user:pass@127.0.0.1", "127.0.0.1#@hooks.example.com", "hooks.example.com#", "hooks.example.com:0", "[::1",
        "::1", "hooks..example.com", ".example.com", "-a.example.com", "example.123", "example.0x1f",
    ];

    /// <summary>Addresses that a name turns out to have when it is dialled.</summary>
    public static TheoryData<string> LookedUpAddresses =>
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.20.0.1", "192.168.1.1", "169.254.169.254", "100.64.3.2", "198.18.0.9", "224.0.0.251", "255.255.255.255",
        "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::1", "2001::1",
        "fe80::1", "fe80::1%2", "fd00:ec2::254", "fc00::1", "ff02::1", "2606:4700::5efe:7f00:1", "10.0.0.1 127.0.0.1",
    ];

    public static TheoryData<string> Schemes => ["ftp", "file", "gopher", "ws", "wss", "unix", "javascript", "dict", "ldap", "net.tcp"];

    [Fact]
    public void AreMoreThanAHundred() => WrittenHosts.Count.ShouldBeGreaterThan(150);

    [Theory]
    [MemberData(nameof(WrittenHosts))]
    public async Task AreRefusedWhenWritten(string host)
    {
        foreach (var scheme in (string[])["http", "https"])
        {
            var outcome = await Attempt($"{scheme}://{host}/", new Names());

            outcome.Outcome.ShouldBeOfType<Refused>().Reason.ShouldNotBeEmpty();
            outcome.Dials.ShouldBeEmpty();
            WebhookEndpointValidator.Validate(Some.Endpoint($"{scheme}://{host}/"), AddressRules.PublicOnly).ShouldHaveSingleItem().Path.ShouldBe("url");
        }
    }

    [Theory]
    [MemberData(nameof(LookedUpAddresses))]
    public async Task AreRefusedWhenLookedUp(string addresses)
    {
        var (outcome, dials) = await Attempt("https://hooks.example.com/", new Names().Add("hooks.example.com", addresses));

        outcome.ShouldBeOfType<Refused>().Reason.ShouldContain("is not allowed: it ");
        dials.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task AreNotReachedByOtherSchemes(string scheme)
    {
        var (outcome, dials) = await Attempt($"{scheme}://hooks.example.com/", new Names().Add("hooks.example.com", "93.184.216.34"));

        outcome.ShouldBeOfType<Refused>().Reason.ShouldContain("https");
        dials.ShouldBeEmpty();
    }

    [Fact]
    public async Task AreRefusedWhenANameMovesBetweenCheckAndDial()
    {
        var names = new Names().Add("rebind.example.com", "93.184.216.34", "127.0.0.1");
        (await names.Resolve("rebind.example.com", CancellationToken.None)).ShouldAllBe(address => AddressRules.PublicOnly.Refusal(address) == null);

        var (outcome, dials) = await Attempt("https://rebind.example.com/", names);

        outcome.ShouldBeOfType<Refused>().Reason.ShouldContain("127.0.0.1 is not allowed: it is a loopback");
        dials.ShouldBeEmpty();
    }

    [Fact]
    public async Task AreRefusedWhenANameMovesBetweenTwoDeliveries()
    {
        await using var server = await Receiver.Start(context =>
        {
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
        var dials = new Dials(IPEndPoint.Parse(new Uri(server.Url).Authority));
        using var transport = new WebhookTransport(
            AddressRules.PublicOnly, new Names().Add("rebind.example.com", "93.184.216.34", "127.0.0.1"), TimeProvider.System, "/grid", dials.Dial);
        var channel = new WebhookChannel(Some.Endpoint("http://rebind.example.com/hook"), transport);

        (await channel.Send(Some.Message(1), CancellationToken.None)).ShouldBeOfType<Delivered>();
        (await channel.Send(Some.Message(2), CancellationToken.None)).ShouldBeOfType<Refused>();

        dials.Made.Select(dial => dial.ToString()).ShouldBe(["93.184.216.34:80"]);
        server.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task AreLeftOutWhenANameHasPublicOnesToo()
    {
        var (outcome, dials) = await Attempt("https://hooks.example.com/", new Names().Add("hooks.example.com", "127.0.0.1 93.184.216.34 ::1"));

        outcome.ShouldBeOfType<Failed>();
        dials.ShouldBe(["93.184.216.34:443"]);
    }

    [Theory]
    [InlineData("hooks.example.com")]
    [InlineData("hooks.example.com:8443")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData("a_b.example.com")]
    [InlineData("HOOKS.Example.COM")]
    [InlineData("93.184.216.34")]
    [InlineData("[2606:4700:4700::1111]:444")]
    public async Task DoNotIncludePublicHosts(string host)
    {
        var names = new Names().Add("hooks.example.com", "1.1.1.1").Add("xn--bcher-kva.example", "1.1.1.1").Add("a_b.example.com", "1.1.1.1");

        var (outcome, dials) = await Attempt($"https://{host}/path?query=1", names);

        outcome.ShouldBeOfType<Failed>().Reason.ShouldBe("no connection: ConnectionRefused");
        dials.ShouldHaveSingleItem();
        WebhookEndpointValidator.Validate(Some.Endpoint($"https://{host}/"), AddressRules.PublicOnly).ShouldBeEmpty();
    }

    [Fact]
    public void CanBeAllowedByTheConfigurationOnly()
    {
        var rules = AddressRules.Parse(["127.0.0.0/8", "fd12::/16", "10.0.0.7"]);

        rules.Refusal(IPAddress.Parse("127.0.0.1")).ShouldBeNull();
        rules.Refusal(IPAddress.Parse("fd12::1")).ShouldBeNull();
        rules.Refusal(IPAddress.Parse("10.0.0.7")).ShouldBeNull();
        rules.Refusal(IPAddress.Parse("10.0.0.8")).ShouldBe("it is private");
        rules.Refusal(IPAddress.Parse("::ffff:127.0.0.1")).ShouldNotBeNull();
        Should.Throw<FormatException>(() => AddressRules.Parse(["localhost"]));
    }

    private static async Task<(DeliveryOutcome Outcome, string[] Dials)> Attempt(string url, Names names)
    {
        var dials = new Dials();
        using var transport = new WebhookTransport(AddressRules.PublicOnly, names, TimeProvider.System, "/grid", dials.Dial);
        var outcome = await new WebhookChannel(Some.Endpoint(url), transport).Send(Some.Message(), CancellationToken.None);
        return (outcome, [.. dials.Made.Select(dial => dial.ToString())]);
    }
}
