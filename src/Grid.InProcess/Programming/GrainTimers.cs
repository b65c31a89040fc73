using System.Diagnostics.CodeAnalysis;
using Grid.InProcess.Turns;
using Orleans.Runtime;

namespace Orleans.Runtime
{
    public readonly struct GrainTimerCreationOptions()
    {
        [SetsRequiredMembers]
        public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period) : this()
        {
            DueTime = dueTime;
            Period = period;
        }

        /// <summary>How long until the first tick; infinite to wait for <see cref="IGrainTimer.Change"/>.</summary>
        public required TimeSpan DueTime { get; init; }

        /// <summary>From the end of one tick to the next; infinite for a timer that ticks once.</summary>
        public required TimeSpan Period { get; init; }

        /// <summary>Whether a tick may run between the awaits of calls.</summary>
        public bool Interleave { get; init; }

        /// <summary>Whether a tick counts as use, so that a ticking grain is never idle.</summary>
        public bool KeepAlive { get; init; }
    }

    /// <summary>Ends with its activation, or when disposed.</summary>
    public interface IGrainTimer : IDisposable
    {
        void Change(TimeSpan dueTime, TimeSpan period);
    }
}

namespace Orleans
{
    public static class GrainBaseExtensions
    {
        public static IGrainTimer RegisterGrainTimer<TState>(
            this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
        {
            ArgumentNullException.ThrowIfNull(callback);
            return Register(grain, token => callback(state, token), options);
        }

        public static IGrainTimer RegisterGrainTimer(
            this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
        {
            ArgumentNullException.ThrowIfNull(callback);
            return Register(grain, callback, options);
        }

        public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, GrainTimerCreationOptions options)
        {
            ArgumentNullException.ThrowIfNull(callback);
            return Register(grain, _ => callback(), options);
        }

        private static GrainTimer Register(IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
        {
            if (grain is not Grain instance)
                throw new ArgumentException("A grain timer belongs to a class derived from Grain.", nameof(grain));
            return GrainTimer.Start(instance.Activation, callback, options);
        }
    }
}
