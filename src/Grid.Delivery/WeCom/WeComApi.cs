using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;
using System.Threading.RateLimiting;
using Grid.Model.Time;

namespace Grid.Delivery.WeCom;

/// <summary>
/// Calls WeCom within its limits, as far as this process can keep them. Each call is done, backed off, stopped by a rejected token, or refused. Safe for
/// concurrent use.
/// </summary>
internal sealed partial class WeComApi : IDisposable
{
    private readonly HttpClient _client;
    private readonly WeComOptions _options;
    private readonly TimeProvider _time;
    private readonly TokenBudget _budget;
    private readonly AccessToken _token;
    private readonly ConcurrencyLimiter _concurrency;
    private readonly ApiGate _getToken;
    private readonly ApiGate _listTags;
    private readonly ApiGate _addTags;
    private readonly ApiGate _markTag;
    private readonly ApiGate _getContact;

    public WeComApi(HttpClient client, WeComOptions options, TimeProvider time)
    {
        _client = client;
        _options = options;
        _time = time;
        _budget = new TokenBudget(options.TokenRequestsPerHour, options.RejectedCallsPerHour);
        _token = new AccessToken(RequestTokenAsync, _budget, time);
        _concurrency = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.ConcurrentCalls,
            QueueLimit = WeComLimits.WaitingCallsMax,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        _getToken = Gate("gettoken");
        _listTags = Gate("externalcontact/get_corp_tag_list");
        _addTags = Gate("externalcontact/add_corp_tag");
        _markTag = Gate("externalcontact/mark_tag");
        _getContact = Gate("externalcontact/get");

        ApiGate Gate(string api) => new(api, options.CallsPerMinute, options.CallsPerHour);
    }

    public Instant Now => Instant.From(_time.GetUtcNow());

    /// <summary>All corp tags of the corp.</summary>
    public Task<CallResult<ListTagsResponse>> ListTagsAsync(CancellationToken cancellation) =>
        PostAsync(_listTags, new ListTagsRequest(), WeComJson.Default.ListTagsRequest, WeComJson.Default.ListTagsResponse, cancellation);

    /// <summary>Adds tags to one group.</summary>
    public Task<CallResult<AddTagsResponse>> AddTagsAsync(AddTagsRequest request, CancellationToken cancellation) =>
        PostAsync(_addTags, request, WeComJson.Default.AddTagsRequest, WeComJson.Default.AddTagsResponse, cancellation);

    /// <summary>Adds tags to a member's contact and removes others.</summary>
    public Task<CallResult<WeComResponse>> MarkTagAsync(MarkTagRequest request, CancellationToken cancellation) =>
        PostAsync(_markTag, request, WeComJson.Default.MarkTagRequest, WeComJson.Default.WeComResponse, cancellation);

    /// <summary>A page of the members who added a contact, with the tags each gave it.</summary>
    /// <param name="cursor">Null for the first page.</param>
    public Task<CallResult<ContactResponse>> GetContactAsync(string externalUserId, string? cursor, CancellationToken cancellation)
    {
        var query = $"&external_userid={Uri.EscapeDataString(externalUserId)}";
        if (!string.IsNullOrEmpty(cursor)) query += $"&cursor={Uri.EscapeDataString(cursor)}";
        return CallAsync(
            _getContact,
            token => new HttpRequestMessage(HttpMethod.Get, UrlOf(_getContact, token) + query),
            WeComJson.Default.ContactResponse,
            cancellation);
    }

    public void Dispose() => _concurrency.Dispose();

    private Task<CallResult<TokenResponse>> RequestTokenAsync() => ExchangeAsync(
        _getToken,
        () => new HttpRequestMessage(
            HttpMethod.Get,
            $"{Root}{_getToken.Api}?corpid={Uri.EscapeDataString(_options.CorpId)}&corpsecret={Uri.EscapeDataString(_options.Secret)}"),
        WeComJson.Default.TokenResponse,
        token: null,
        CancellationToken.None);

    private Task<CallResult<TResponse>> PostAsync<TRequest, TResponse>(
        ApiGate gate,
        TRequest request,
        JsonTypeInfo<TRequest> requestShape,
        JsonTypeInfo<TResponse> responseShape,
        CancellationToken cancellation)
        where TResponse : WeComResponse
    {
        var body = PlainJson.Write(request, requestShape);
        return CallAsync(gate, Message, responseShape, cancellation);

        HttpRequestMessage Message(string token)
        {
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            return new HttpRequestMessage(HttpMethod.Post, UrlOf(gate, token)) { Content = content };
        }
    }

    private string Root => $"{_options.BaseUrl.AbsoluteUri.TrimEnd('/')}/cgi-bin/";

    private string UrlOf(ApiGate gate, string token) => $"{Root}{gate.Api}?access_token={Uri.EscapeDataString(token)}";
}
