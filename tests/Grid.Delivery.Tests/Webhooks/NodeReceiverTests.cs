using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Grid.Delivery.Webhooks;
using Shouldly;
using Xunit;

namespace Grid.Delivery.Tests.Webhooks;

/// <summary>Requests as a receiver in Node.js reads them: verified by the package <c>standardwebhooks</c>, parsed by the SDK <c>cloudevents</c>.</summary>
public sealed class NodeReceiverTests
{
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(2);
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Webhooks", "Receivers");

    [Fact]
    public async Task VerifyAndParseWhatTheChannelSends()
    {
        if (await Install() is { } missing) Assert.Skip(missing);
        await using var receiver = await Receiver.Answering(200);

        // The package compares the timestamp with the machine's clock.
        using var transport = new WebhookTransport(AddressRules.Parse(["127.0.0.1"]), new Names(), TimeProvider.System, "https://grid.example.com/");
        var channel = new WebhookChannel(Some.Endpoint(receiver.Url) with { Secrets = [Some.NewSecret, Some.Secret] }, transport);
        (await channel.Send(Some.Message(), CancellationToken.None)).ShouldBeOfType<Delivered>();
        (await channel.Send(Some.Alert(), CancellationToken.None)).ShouldBeOfType<Delivered>();
        var (transition, alert) = (await receiver.Next(), await receiver.Next());

        var read = await Read(
            new(Some.NewSecret, transition.Headers, transition.Text),
            new(Some.Secret, transition.Headers, transition.Text),
            new(Some.Secret, alert.Headers, alert.Text),
            new(Some.SecretOf("a third secret that nobody gave!"), transition.Headers, transition.Text),
            new(Some.Secret, transition.Headers, transition.Text.Replace("gold", "lead")));

        read[0].GetProperty("id").GetString().ShouldBe("1-42-vip-upgrade");
        read[0].GetProperty("type").GetString().ShouldBe("grid.transition.upgrade");
        read[0].GetProperty("source").GetString().ShouldBe("https://grid.example.com/");
        read[0].GetProperty("subject").GetString().ShouldBe("c-1");
        read[0].GetProperty("time").GetDateTimeOffset().ShouldBe(Some.Noon.ToDateTimeOffset());
        read[0].GetProperty("sequence").GetString().ShouldBe("01-0000000000000000042");
        read[0].GetProperty("data").GetProperty("traits").GetProperty("city").GetString().ShouldBe("上海");
        read[1].GetRawText().ShouldBe(read[0].GetRawText());
        read[2].GetProperty("type").GetString().ShouldBe("grid.alert");
        read[3].GetProperty("refused").GetString().ShouldBe("No matching signature found");
        read[4].GetProperty("refused").GetString().ShouldBe("No matching signature found");
    }

    private static async Task<JsonElement[]> Read(params RequestToRead[] requests)
    {
        var file = Path.Combine(Folder, "requests.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(requests, JsonSerializerOptions.Web));
        var (exit, output) = await Run("node", $"receive.mjs {file}");
        exit.ShouldBe(0, output);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    /// <summary>Null when the packages are installed, else why that is not possible here.</summary>
    private static async Task<string?> Install()
    {
        try
        {
            var (exit, output) = await Run("npm", "ci --no-audit --no-fund");
            return exit == 0 ? null : $"the packages cannot be installed from npm here: {output}";
        }
        catch (Win32Exception)
        {
            return "npm is missing";
        }
    }

    private static async Task<(int Exit, string Output)> Run(string program, string arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        using var patience = new CancellationTokenSource(PatienceMax);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException waited)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"waited {PatienceMax} for: {program} {arguments}", waited);
        }
    }

    private sealed record RequestToRead(string Secret, IReadOnlyDictionary<string, string> Headers, string Body);
}
