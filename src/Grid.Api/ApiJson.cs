using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Api.Audits;
using Grid.Api.Backtests;
using Grid.Api.Customers;
using Grid.Api.Previews;
using Grid.Api.Rejects;
using Grid.Api.Rulebooks;
using Grid.Api.Schemes;
using Grid.Api.Segments;
using Grid.Api.Segments.Flows;
using Grid.Api.Segments.Forecasts;
using Grid.Api.Segments.Migrations;
using Grid.Api.Segments.Values;
using Grid.Api.Transitions;
using Grid.Rulebooks.Explaining;

namespace Grid.Api;

/// <summary>Serializers, generated at build time, of all JSON that the API reads and writes.</summary>
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
[JsonSerializable(typeof(LocalizedProblem))]
[JsonSerializable(typeof(FaultView[]))]
[JsonSerializable(typeof(SegmentsSnapshotFrame))]
[JsonSerializable(typeof(SegmentsDeltaFrame))]
[JsonSerializable(typeof(TransitionsFrame))]
[JsonSerializable(typeof(TransitionFilter))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(bool))]
internal sealed partial class ApiJson : JsonSerializerContext;
