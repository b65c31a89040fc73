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
[JsonSerializable(typeof(SchemesResponse))]
[JsonSerializable(typeof(SegmentsResponse))]
[JsonSerializable(typeof(SegmentResponse))]
[JsonSerializable(typeof(ValueResponse))]
[JsonSerializable(typeof(FlowsResponse))]
[JsonSerializable(typeof(ForecastResponse))]
[JsonSerializable(typeof(MigrationResponse))]
[JsonSerializable(typeof(TransitionsResponse))]
[JsonSerializable(typeof(RejectsResponse))]
[JsonSerializable(typeof(AuditResponse))]
[JsonSerializable(typeof(BaselineView))]
[JsonSerializable(typeof(CustomerView))]
[JsonSerializable(typeof(CustomerTransitions))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(Forecast))]
[JsonSerializable(typeof(RulebooksResponse))]
[JsonSerializable(typeof(RulebookResponse))]
[JsonSerializable(typeof(RulebookRequest))]
[JsonSerializable(typeof(PublishResponse))]
[JsonSerializable(typeof(LintResponse))]
[JsonSerializable(typeof(PreviewResponse))]
[JsonSerializable(typeof(ProgressView))]
[JsonSerializable(typeof(BacktestRequest))]
[JsonSerializable(typeof(BacktestResponse))]
[JsonSerializable(typeof(FaultView[]))]
[JsonSerializable(typeof(SegmentsSnapshotFrame))]
[JsonSerializable(typeof(SegmentsDeltaFrame))]
[JsonSerializable(typeof(TransitionsFrame))]
[JsonSerializable(typeof(TransitionFilter))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(bool))]
internal sealed partial class ApiJson : JsonSerializerContext;
