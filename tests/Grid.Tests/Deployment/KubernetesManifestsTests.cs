using System.Net;
using Grid.Server.Hosting;
using Grid.Tests.House;
using Npgsql;
using Shouldly;
using Xunit;

namespace Grid.Tests.Deployment;

/// <summary>The manifests, compared with each other, the options and the image. The tests call no cluster.</summary>
public sealed class KubernetesManifestsTests
{
    private static readonly Tree Deployment = Kubernetes.Deployment;
    private static readonly Tree Pod = Kubernetes.Pod;
    private static readonly Tree Container = Kubernetes.Container;

    private static IReadOnlyDictionary<string, string> Labels => Deployment["spec/template/metadata/labels"].Map;

    /// <summary>The entries that the runbook puts into the Secret.</summary>
    private static string Connection =>
        Runbook.Blocks("sh").Single(line => line.Contains(" create secret generic ")).Split("postgres=\"")[1].Split('"')[0];

    [Fact]
    public void AreAllApplied()
    {
        var kustomization = Tree.ReadOne($"{Kubernetes.Folder}/kustomization.yaml");

        kustomization["resources"].Texts.ShouldBe(Kubernetes.Files.Except(["kustomization.yaml"]), ignoreOrder: true);
        kustomization["namespace"].Text.ShouldBe(Kubernetes.All.Single(manifest => manifest["kind"].Text == "Namespace")["metadata/name"].Text);
        kustomization["images"].Items.Single()["name"].Text.ShouldBe(Container["image"].Text);
        Kubernetes.All.ShouldAllBe(manifest => manifest["apiVersion"].Exists && manifest["metadata/name"].Exists);
        Kubernetes.All.Select(manifest => (manifest["kind"].Text, manifest["metadata/name"].Text)).ShouldBeUnique();
    }

    [Fact]
    public async Task AreRenderedWholeByKubectl()
    {
        var (code, said) = await new InstalledProgram("kubectl", "kubernetes-client").Run("kustomize", Path.Combine(Repository.Root, Kubernetes.Folder));
        code.ShouldBe(0, said);

        var rendered = Tree.Parse(said);
        rendered.Select(manifest => (manifest["kind"].Text, manifest["metadata/name"].Text))
            .ShouldBe(Kubernetes.All.Select(manifest => (manifest["kind"].Text, manifest["metadata/name"].Text)), ignoreOrder: true);
        rendered.Where(manifest => manifest["kind"].Text != "Namespace").ShouldAllBe(manifest => manifest["metadata/namespace"].Text == "grid");
        var image = rendered.Single(manifest => manifest["kind"].Text == "Deployment")["spec/template/spec/containers"].Items.Single()["image"].Text;
        Runbook.Blocks("sh").ShouldContain(line => line.StartsWith("docker build ") && line.Contains($" -t {image} "));
    }

    [Fact]
    public void SelectTheServersByTheirLabels()
    {
        var selectors = Selectors().ToList();

        selectors.Count.ShouldBe(8);
        foreach (var (place, selector) in selectors)
        {
            selector.ShouldNotBeEmpty(place);
            selector.ShouldBeSubsetOf(Labels, place);
        }
    }

    [Fact]
    public void GiveTheServerOptionsThatItTakes()
    {
        var options = Settings.Parse(Environment());

        Settings.MistakesOf(options).ShouldBeEmpty();
        options.Keys.ShouldHaveSingleItem();
        options.Postgres.ShouldNotBeNull();
        options.Cluster.AdvertisedAddress.ShouldBe(IPAddress.Loopback.ToString());
        Container["env"].Items.Single(variable => variable["valueFrom/fieldRef/fieldPath"].Text == "status.podIP")["name"].Text
            .ShouldBe("Grid__Cluster__AdvertisedAddress");
        Commands.Faults([.. Container["args"].Texts]).ShouldBeEmpty();
    }

    [Fact]
    public void NameTheSecretsThatTheRunbookMakes()
    {
        var made = Runbook.Blocks("sh").Single(line => line.Contains(" create secret generic "));
        foreach (var secret in Container["env"].Items.Select(variable => variable["valueFrom/secretKeyRef"]).Where(secret => secret.Exists))
        {
            made.ShouldContain($" create secret generic {secret["name"].Text} ");
            made.ShouldContain($" --from-literal={secret["key"].Text}=");
        }

        new NpgsqlConnectionStringBuilder(Connection).GssEncryptionMode.ShouldBe(GssEncryptionMode.Disable);
    }

    [Fact]
    public void OpenThePortsThatTheServerListensOn()
    {
        var options = Settings.Parse(Environment());
        var ports = Container["ports"].Items.ToDictionary(port => port["name"].Text!, port => port["containerPort"].Number);

        ports.ShouldBe(
            new Dictionary<string, int>
            {
                ["http"] = new Uri(options.Listen).Port,
                ["silo"] = options.Cluster.SiloPort!.Value,
                ["gateway"] = options.Cluster.GatewayPort,
            },
            ignoreOrder: true);
        ports.Values.ShouldBe(Image.Ports, ignoreOrder: true);
        foreach (var service in new[] { "grid", "grid-silos" })
            foreach (var port in Kubernetes.One("Service", service)["spec/ports"].Items)
                ports.ShouldContainKey(port["targetPort"].Text!);
        foreach (var port in Kubernetes.One("Service", "grid-silos")["spec/ports"].Items) port["port"].Number.ShouldBe(ports[port["targetPort"].Text!]);
        Kubernetes.One("Service", "grid-silos")["spec/clusterIP"].Text.ShouldBe("None");
    }

    [Fact]
    public void LetOnlyServersSpeakToSilos()
    {
        var rules = Kubernetes.One("NetworkPolicy", "grid")["spec/ingress"].Items;
        var toAnyone = rules.Where(rule => !rule["from"].Exists).SelectMany(rule => rule["ports"].Items).Select(port => port["port"].Text);
        var toServers = rules.Where(rule => rule["from"].Exists).SelectMany(rule => rule["ports"].Items).Select(port => port["port"].Text);

        toAnyone.ShouldBe(["http"]);
        toServers.ShouldBe(["silo", "gateway"]);
    }

    [Fact]
    public void RunTheServerAsTheUserOfTheImageAndNoMore()
    {
        var (pod, container) = (Pod["securityContext"], Container["securityContext"]);

        pod["runAsUser"].Number.ShouldBe(Image.Account.User);
        pod["runAsGroup"].Number.ShouldBe(Image.Account.Group);
        pod["fsGroup"].Number.ShouldBe(Image.Account.Group);
        pod["runAsNonRoot"].Text.ShouldBe("true");
        pod["seccompProfile/type"].Text.ShouldBe("RuntimeDefault");
        container["allowPrivilegeEscalation"].Text.ShouldBe("false");
        container["readOnlyRootFilesystem"].Text.ShouldBe("true");
        container["capabilities/drop"].Texts.ShouldBe(["ALL"]);
        Pod["automountServiceAccountToken"].Text.ShouldBe("false");
        Container["volumeMounts"].Items.Select(mount => mount["mountPath"].Text).ShouldBe(["/tmp"]);
        Container["volumeMounts"].Items.Select(mount => mount["name"].Text).ShouldBe(Pod["volumes"].Items.Select(volume => volume["name"].Text));
    }

    [Fact]
    public void ReplaceOneServerAtATimeAndNoneBeforeAnotherIsReady()
    {
        var rolling = Deployment["spec/strategy/rollingUpdate"];

        rolling["maxUnavailable"].Number.ShouldBe(0);
        rolling["maxSurge"].Number.ShouldBe(1);
        Kubernetes.One("PodDisruptionBudget", "grid")["spec/maxUnavailable"].Number.ShouldBe(1);
        Deployment["spec/replicas"].Number.ShouldBeGreaterThan(1);
        Deployment["spec/progressDeadlineSeconds"].Number.ShouldBeGreaterThan(SecondsOf("startupProbe"));
    }

    [Fact]
    public void GiveTheServerTimeToStartAndToStop()
    {
        var stopping = TimeSpan.FromSeconds(Pod["terminationGracePeriodSeconds"].Number - Container["lifecycle/preStop/sleep/seconds"].Number);

        stopping.ShouldBeGreaterThan(GridServer.StopMax);
        SecondsOf("startupProbe").ShouldBeGreaterThanOrEqualTo(30 * 60);
        SecondsOf("livenessProbe").ShouldBeGreaterThanOrEqualTo(60);
        SecondsOf("readinessProbe").ShouldBeLessThanOrEqualTo(15);
    }

    private static int SecondsOf(string probe) => Container[$"{probe}/periodSeconds"].Number * Container[$"{probe}/failureThreshold"].Number;

    /// <summary>The environment of the container, with placeholders for values that only a cluster knows.</summary>
    private static Dictionary<string, string> Environment()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in Container["envFrom"].Items)
            foreach (var (name, value) in Kubernetes.One("ConfigMap", source["configMapRef/name"].Text!)["data"].Map) environment.Add(name, value);
        foreach (var variable in Container["env"].Items)
            environment.Add(variable["name"].Text!, Stand(variable["valueFrom"]));
        return environment;
    }

    private static string Stand(Tree source) =>
        source["fieldRef"].Exists ? IPAddress.Loopback.ToString() : source["secretKeyRef/key"].Text == "postgres" ? Connection : "a-secret";

    private static IEnumerable<(string Place, IReadOnlyDictionary<string, string> Selector)> Selectors()
    {
        yield return ("Deployment", Deployment["spec/selector/matchLabels"].Map);
        yield return ("Service", Kubernetes.One("Service", "grid")["spec/selector"].Map);
        yield return ("headless Service", Kubernetes.One("Service", "grid-silos")["spec/selector"].Map);
        yield return ("PodDisruptionBudget", Kubernetes.One("PodDisruptionBudget", "grid")["spec/selector/matchLabels"].Map);
        yield return ("NetworkPolicy", Kubernetes.One("NetworkPolicy", "grid")["spec/podSelector/matchLabels"].Map);
        foreach (var spread in Pod["topologySpreadConstraints"].Items) yield return ("spread", spread["labelSelector/matchLabels"].Map);
        foreach (var term in Pod["affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution"].Items)
            yield return ("anti-affinity", term["podAffinityTerm/labelSelector/matchLabels"].Map);
    }
}
