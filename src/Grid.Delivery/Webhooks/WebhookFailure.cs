using System.Net.Sockets;
using System.Security.Authentication;

namespace Grid.Delivery.Webhooks;

/// <summary>What an exchange without a response means.</summary>
internal static class WebhookFailure
{
    public static DeliveryOutcome OutcomeOf(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case AddressRefusedException: return new Refused(inner.Message);
                case HostUnknownException: return new Failed(inner.Message);
                case AuthenticationException: return new Failed($"TLS failed: {inner.Message}");
            }
        }

        return new Failed(ReasonOf(failure));
    }

    private static string ReasonOf(Exception failure) => (failure as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError => $"TLS failed: {Innermost(failure).Message}",
        HttpRequestError.ConnectionError => $"no connection: {NameOf(Innermost(failure))}",
        HttpRequestError.ResponseEnded => "the connection ended before a response",
        HttpRequestError.ConfigurationLimitExceeded =>
            $"the headers of the response are larger than {DeliveryLimits.ResponseHeadersKilobytesMax} KB",
        HttpRequestError.InvalidResponse => $"the response is no HTTP: {Innermost(failure).Message}",
        _ => $"the connection broke off: {NameOf(Innermost(failure))}",
    };

    private static string NameOf(Exception failure) => failure is SocketException socket ? socket.SocketErrorCode.ToString() : failure.Message;

    private static Exception Innermost(Exception failure) => failure.GetBaseException();
}
