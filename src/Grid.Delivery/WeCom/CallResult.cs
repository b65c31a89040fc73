using System.Diagnostics.CodeAnalysis;
using Grid.Model.Time;

namespace Grid.Delivery.WeCom;

/// <summary>Why a call did not do what it should.</summary>
internal abstract record CallFailure;

/// <summary>Not now: WeCom or the adapter's own limits want a pause. Nothing is sent for this API before <paramref name="Until"/>.</summary>
internal sealed record CallBackOff(Instant Until, string Reason) : CallFailure;

/// <summary>WeCom rejects the tokens it gives out: a new one was requested once, the call repeated once, and that was rejected as well.</summary>
internal sealed record CallTokenExpired(Instant Until, string Reason) : CallFailure;

/// <summary>WeCom does not do it, and a repeat alone changes nothing.</summary>
internal sealed record CallRefused(int Code, string Message) : CallFailure;

/// <summary>What a call brought: its response, or why there is none.</summary>
internal readonly record struct CallResult<T> where T : class
{
    private readonly T? _value;

    private CallResult(T? value, CallFailure? failure)
    {
        _value = value;
        Failure = failure;
    }

    /// <summary>Null when the call is done.</summary>
    public CallFailure? Failure { get; }

    public static CallResult<T> Done(T value) => new(value, null);

    public static CallResult<T> Failed(CallFailure failure) => new(null, failure);

    /// <summary>True with the response, or false with the reason why there is none.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out CallFailure? failure)
    {
        (value, failure) = (_value, Failure);
        return value is not null;
    }
}
