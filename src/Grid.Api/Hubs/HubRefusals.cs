using Grid.Api.Parameters;
using Grid.Model.Languages;
using Grid.Model.Schemes.Definitions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;

namespace Grid.Api.Hubs;

/// <summary>Why the hub refuses a connection or a stream, in the language of the connection.</summary>
internal static class HubRefusals
{
    public static readonly LocalizedText Starting = new("服务器正在启动，请稍后再试。", "The server is starting; try again in a moment.");

    public static readonly LocalizedText Stopping = new("服务器正在停止，请稍后重新连接。", "The server is stopping; connect again in a moment.");

    public static readonly LocalizedText TooManyConnections = new(
        $"已有 {ApiLimits.HubConnectionsMax} 个连接，请稍后再试。",
        $"There are {ApiLimits.HubConnectionsMax} connections already; try again later.");

    public static readonly LocalizedText TooManyStreams = new(
        $"这个连接已有 {ApiLimits.ConnectionStreamsMax} 个流；请先结束一个。",
        $"This connection has {ApiLimits.ConnectionStreamsMax} streams already; end one first.");

    public static LocalizedText NoScheme(string shown) => new($"没有分层方案“{shown}”。", $"There is no scheme '{shown}'.");

    public static LocalizedText Parameter(ParameterError error) => new(Sentence(error.Detail.Zh, "。"), Sentence(error.Detail.En, "."));

    /// <summary>
    /// The parameter <c>lang</c> of the connection's address, else its header <c>Accept-Language</c>: a page can set no header of a WebSocket.
    /// </summary>
    public static Language LanguageOf(HttpContext? http)
    {
        if (http is null) return Language.English;
        var given = http.Request.Query["lang"].ToString();
        return LanguageNegotiation.Find(given) ?? LanguageNegotiation.Choose(http.Request.Headers.AcceptLanguage);
    }

    public static HubException Exception(this LocalizedText refusal, Language language) => new(refusal.In(language));

    private static string Sentence(string text, string end) => text.EndsWith(end, StringComparison.Ordinal) ? text : text + end;
}
