using System.Diagnostics;

namespace Grid.Server.Metrics;

/// <summary>Resource usage of this process, under the names that common dashboards know.</summary>
internal static class ProcessMetrics
{
    public static void Write(PrometheusText text)
    {
        using var process = Process.GetCurrentProcess();
        var started = new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
        text.Gauge("process_start_time_seconds", "When the process was started, in seconds since 1970.", started)
            .Counter("process_cpu_seconds_total", "Time of processors used.", process.TotalProcessorTime.TotalSeconds)
            .Gauge("process_resident_memory_bytes", "Memory of the process.", process.WorkingSet64)
            .Gauge("dotnet_gc_heap_bytes", "Memory of the collected heap.", GC.GetTotalMemory(forceFullCollection: false))
            .Gauge("dotnet_gc_memory_available_bytes", "Memory the heap may take: of the machine, or by its limit.",
                GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
            .Counter("dotnet_gc_pause_seconds_total", "Time stopped for collections.", GC.GetTotalPauseDuration().TotalSeconds);
    }
}
