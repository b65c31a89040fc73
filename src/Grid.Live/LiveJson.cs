using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Live.Audits;
using Grid.Live.Backtests;
using Grid.Live.Customers;
using Grid.Live.Previews;
using Grid.Live.Rejects;
using Grid.Live.Rulebooks;
using Grid.Live.Schemes;
using Grid.Live.Segments;
using Grid.Live.Segments.Flows;
using Grid.Live.Segments.Forecasts;
using Grid.Live.Segments.Migrations;
using Grid.Live.Segments.Values;
using Grid.Live.Transitions;
using Grid.Model.Answers;

namespace Grid.Live;

/// <summary>Everything that leaves or enters as JSON here, generated at build time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SchemesAnswer))]
[JsonSerializable(typeof(SegmentsAnswer))]
[JsonSerializable(typeof(SegmentAnswer))]
[JsonSerializable(typeof(ValueAnswer))]
[JsonSerializable(typeof(FlowsAnswer))]
[JsonSerializable(typeof(ForecastAnswer))]
[JsonSerializable(typeof(MigrationAnswer))]
[JsonSerializable(typeof(TransitionsAnswer))]
[JsonSerializable(typeof(RejectsAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(BaselineView))]
[JsonSerializable(typeof(CustomerView))]
[JsonSerializable(typeof(CustomerTransitions))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(Forecast))]
[JsonSerializable(typeof(RulebooksAnswer))]
[JsonSerializable(typeof(RulebookAnswer))]
[JsonSerializable(typeof(RulebookRequest))]
[JsonSerializable(typeof(PublishAnswer))]
[JsonSerializable(typeof(LintAnswer))]
[JsonSerializable(typeof(PreviewAnswer))]
[JsonSerializable(typeof(ProgressView))]
[JsonSerializable(typeof(BacktestRequest))]
[JsonSerializable(typeof(BacktestAnswer))]
[JsonSerializable(typeof(FaultView[]))]
[JsonSerializable(typeof(SegmentsSnapshotFrame))]
[JsonSerializable(typeof(SegmentsDeltaFrame))]
[JsonSerializable(typeof(TransitionsFrame))]
[JsonSerializable(typeof(TransitionFilter))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(bool))]
internal sealed partial class LiveJson : JsonSerializerContext;
