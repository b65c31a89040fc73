using System.Globalization;
using Grid.Server.Configuration;
using Grid.Server.Hosting;
using Grid.Tests.House;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The compose files, compared with the options, the image and the other files that they name.</summary>
public sealed class ComposedServicesTests
{
    private const string Cluster = "deploy/compose.yaml";
    private const string Single = "deploy/compose.single.yaml";

    public static TheoryData<string, string> Servers =>
    [
        (Cluster, "grid-1"), (Cluster, "grid-2"), (Cluster, "grid-3"), (Single, "grid"),
    ];

    [Theory]
    [MemberData(nameof(Servers))]
    public void GiveEachServerOptionsThatItTakes(string file, string service)
    {
        var options = Settings.Parse(Composition.Read(file)[service].Environment);

        Settings.MistakesOf(options).ShouldBeEmpty();
        options.Keys.ShouldHaveSingleItem();
        Composition.Read(file)[service].ContainerPorts().ShouldBe([new Uri(options.Listen).Port]);
        Image.Ports.ShouldContain(new Uri(options.Listen).Port);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void LeaveEachServerTheTimeItStopsIn(string file, string service)
    {
        var grace = Composition.Read(file)[service].Tree["stop_grace_period"].Text!;

        grace.ShouldEndWith("s");
        TimeSpan.FromSeconds(int.Parse(grace[..^1], CultureInfo.InvariantCulture)).ShouldBeGreaterThan(GridServer.StopMax);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public void BuildEachServerFromTheRepository(string file, string service)
    {
        var build = Composition.Read(file)[service].Tree["build"];
        var folder = Path.GetDirectoryName(file)!;

        Path.GetFullPath(Path.Combine(Repository.Root, folder, build["context"].Text!)).ShouldBe(Path.GetFullPath(Repository.Root));
        build["dockerfile"].Text.ShouldBe(Image.File);
        foreach (var argument in build["args"].Map) Image.Arguments.ShouldContain(argument.Key);
    }

    [Fact]
    public void PutThreeServersOnOnePostgres()
    {
        var composition = Composition.Read(Cluster);
        var servers = composition.Services.Where(service => service.Key.StartsWith("grid-", StringComparison.Ordinal)).ToList();

        servers.Count.ShouldBe(3);
        foreach (var (_, server) in servers)
        {
            server.Environment.ShouldBe(servers[0].Value.Environment);
            server.Tree["depends_on/postgres/condition"].Text.ShouldBe("service_healthy");
            var connection = new NpgsqlConnectionStringBuilder(Settings.Parse(server.Environment).Postgres);
            var database = composition[connection.Host!].Environment;
            connection.Database.ShouldBe(database["POSTGRES_DB"]);
            connection.Username.ShouldBe(database["POSTGRES_USER"]);
            connection.Password.ShouldBe(database["POSTGRES_PASSWORD"]);
        }

        var published = servers.Select(server => server.Value.Tree["ports"].Texts.Single()).ToList();
        published.ShouldBeUnique();
        var targets = Tree.ReadOne("deploy/prometheus/prometheus.yml")["scrape_configs"].Items.Single()["static_configs"].Items.Single()["targets"].Texts;
        targets.ShouldBe(servers.Select(server => $"{server.Key}:{server.Value.ContainerPorts().Single()}"));
    }

    [Fact]
    public void KeepTheLedgerOfASingleServerInAVolume()
    {
        var composition = Composition.Read(Single);
        var server = composition["grid"];
        var options = Settings.Parse(server.Environment);

        options.Postgres.ShouldBeNull();
        composition.Root["volumes"].Entries.Select(volume => volume.Key).ShouldContain(server.Mounts()[options.Data]);
        options.Data.ShouldBe(Image.Volume);
        server.Tree["build/args"].Exists.ShouldBeFalse();
    }

    [Theory]
    [InlineData(Cluster)]
    [InlineData(Single)]
    public void NameOnlyWhatThereIs(string file)
    {
        var composition = Composition.Read(file);
        foreach (var (name, service) in composition.Services)
        {
            foreach (var (_, source) in service.Mounts())
            {
                var there = source.Contains('/') ? Repository.Exists(source) : composition.Root["volumes"].Entries.Any(volume => volume.Key == source);
                there.ShouldBeTrue($"{name} mounts {source}");
            }

            foreach (var secret in service.Secrets) composition.Root["secrets"][secret].Exists.ShouldBeTrue(secret);
            foreach (var needed in service.Tree["depends_on"].Entries) composition.Services.Keys.ShouldContain(needed.Key);
        }
    }

    [Theory]
    [InlineData(Cluster)]
    [InlineData(Single)]
    public void TakeTheirSecretsFromOneFile(string file)
    {
        var given = File.ReadAllLines(Path.Combine(Repository.Root, "deploy/compose.env"))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=')[0]).ToList();

        Composition.Variables(file).Where(variable => !variable.HasDefault).Select(variable => variable.Name).ShouldBeSubsetOf(given);
        given.ShouldBeSubsetOf(Composition.Variables(Cluster).Concat(Composition.Variables(Single)).Select(variable => variable.Name));
        foreach (var secret in Composition.Read(file).Root["secrets"].Entries) given.ShouldContain(secret.Value["environment"].Text);
    }

    [Fact]
    public void OpenNothingToTheNetworkByThemselves()
    {
        foreach (var file in new[] { Cluster, Single })
            foreach (var (name, service) in Composition.Read(file).Services)
                foreach (var port in service.Tree["ports"].Texts)
                    port.ShouldStartWith("127.0.0.1:", Case.Sensitive, $"{name} of {file}");
    }

    [Fact]
    public void AgreeWithTheDefaultsOfTheOptions()
    {
        var (given, known) = (Settings.Parse(Composition.Read(Cluster)["grid-1"].Environment), new GridOptions());

        given.Cluster.SiloPort.ShouldBe(GridClusterOptions.SiloPortDefault);
        given.Cluster.GatewayPort.ShouldBe(known.Cluster.GatewayPort);
        given.PostgresLanes.ShouldBe(known.PostgresLanes);
        given.PostgresNotify.ShouldBe(known.PostgresNotify);
        Image.Ports.ShouldBe([new Uri(known.Listen).Port, GridClusterOptions.SiloPortDefault, known.Cluster.GatewayPort]);
    }
}
