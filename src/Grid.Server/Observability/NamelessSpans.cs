using System.Diagnostics;
using OpenTelemetry;

namespace Grid.Server.Observability;

/// <summary>
/// Takes customers' names out of the tags of spans, where they are ids of grains and parts of addresses: an erasure
/// does not reach the store of traces. The message of an exception can still name a customer.
/// </summary>
internal sealed class NamelessSpans : BaseProcessor<Activity>
{
    private static readonly string[] GrainIds = ["orleans.rpc.source_id", "orleans.rpc.target_id", "orleans.grain.id"];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in GrainIds) data.SetTag(tag, null);
        if (data.GetTagItem("url.path") is null) return;
        data.SetTag("url.path", data.GetTagItem("http.route"));
        data.SetTag("url.query", null);
    }
}
