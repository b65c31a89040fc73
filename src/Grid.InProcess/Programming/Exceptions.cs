using Orleans.Runtime;

namespace Orleans.Runtime
{
    public class OrleansException : Exception
    {
        public OrleansException(string message) : base(message)
        {
        }

        public OrleansException(string message, Exception innerException) : base(message, innerException)
        {
        }
    }

    /// <summary>A bounded queue or table of the engine is full.</summary>
    public sealed class LimitExceededException(string message) : OrleansException(message);

    /// <summary>The engine has stopped, or the object called is gone.</summary>
    public class OrleansMessageRejectionException(string message) : OrleansException(message);
}

namespace Orleans.Storage
{
    /// <summary>The stored state has changed since it was read.</summary>
    public class InconsistentStateException : OrleansException
    {
        public InconsistentStateException(string message) : base(message)
        {
        }

        public InconsistentStateException(string errorMsg, string storedEtag, string currentEtag) : base(errorMsg)
        {
            StoredEtag = storedEtag;
            CurrentEtag = currentEtag;
        }

        public string? StoredEtag { get; }

        public string? CurrentEtag { get; }
    }
}
