namespace Grid.Delivery;

/// <summary>Every bound of delivery, its unit last. Each says what happens when it is reached.</summary>
public static class DeliveryLimits
{
    /// <summary>A request that takes longer, response headers included, has failed.</summary>
    public const int RequestTimeoutSeconds = 15;

    /// <summary>After the response's status, its body is read for this long at most; the status alone decides.</summary>
    public const int ResponseBodySeconds = 2;

    /// <summary>The rest of a response's body is not read.</summary>
    public const int ResponseBodyBytesMax = 4_096;

    /// <summary>A response with larger headers has failed.</summary>
    public const int ResponseHeadersKilobytesMax = 16;

    /// <summary>A delivery whose body is larger is refused.</summary>
    public const int RequestBodyBytesMax = 256 * 1_024;

    /// <summary>An address that has not answered after this is left for the next address of its host; the last has the rest of the request's time.</summary>
    public const int DialSeconds = 3;

    /// <summary>A connection is not reused for longer, so that a moved name is looked up again.</summary>
    public const int ConnectionLifetimeSeconds = 120;

    /// <summary>An unused connection is closed after this.</summary>
    public const int ConnectionIdleSeconds = 30;

    /// <summary>Further addresses of one name are not dialled.</summary>
    public const int DialledAddressesMax = 8;

    /// <summary>A longer id cannot be a <c>webhook-id</c>; its delivery is refused.</summary>
    public const int MessageIdCharactersMax = 256;

    /// <summary>A longer name of an endpoint is a problem of its settings.</summary>
    public const int EndpointNameCharactersMax = 64;

    /// <summary>A longer URL is a problem of the endpoint's settings.</summary>
    public const int UrlCharactersMax = 2_048;

    /// <summary>One more secret is a problem: a rotation needs two, the rest is room for a mistake.</summary>
    public const int SecretsMax = 4;

    /// <summary>A shorter secret can be guessed (Standard Webhooks: 24 to 64 bytes).</summary>
    public const int SecretBytesMin = 24;

    /// <summary>A longer secret is a problem of the endpoint's settings.</summary>
    public const int SecretBytesMax = 64;

    /// <summary>One more header is a problem of the endpoint's settings.</summary>
    public const int HeadersMax = 32;

    /// <summary>A longer value of a header is a problem of the endpoint's settings.</summary>
    public const int HeaderValueCharactersMax = 4_096;

    /// <summary>A higher rate is a problem of the endpoint's settings.</summary>
    public const int RatePerSecondMax = 10_000;

    /// <summary>A higher concurrency is a problem of the endpoint's settings.</summary>
    public const int ConcurrencyMax = 256;

    /// <summary>One more delivery is not taken into an endpoint's queue; it waits in the outbox.</summary>
    public const int QueueDeliveriesMax = 10_000;

    /// <summary>Nothing more is sent while so many outcomes of an endpoint wait to be durable.</summary>
    public const int QueueRecordsMax = 1_024;

    /// <summary>The deliveries of a customer whose retry is further away leave memory and wait in the outbox.</summary>
    public const int QueueWaitSecondsMax = 60;

    /// <summary>A longer <c>Retry-After</c> counts as this.</summary>
    public const int RetryAfterHoursMax = 24;

    /// <summary>A 429 or 503 with <c>Retry-After</c> pauses the whole endpoint, at most for this.</summary>
    public const int EndpointPauseSecondsMax = 15 * 60;

    /// <summary>The longest share of a delay that is added to it at random, in per cent.</summary>
    public const int JitterPercentMax = 20;

    /// <summary>An endpoint's circuit opens after this many failures in a row.</summary>
    public const int CircuitFailures = 10;

    /// <summary>The first pause of an open circuit; it doubles at each failed probe.</summary>
    public const int CircuitPauseSecondsMin = 5;

    /// <summary>An open circuit is probed at least this often.</summary>
    public const int CircuitPauseSecondsMax = 5 * 60;

    /// <summary>An endpoint that has failed for this long without a success is disabled.</summary>
    public const int DisabledAfterDays = 5;
}
