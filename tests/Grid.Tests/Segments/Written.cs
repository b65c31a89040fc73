using Grid.Grains.Rules;

namespace Grid.Tests.Segments;

/// <summary>Scheme files with features that the shipped ones do not have.</summary>
internal static class Written
{
    /// <summary>The scheme <c>local</c>, which counts in the days of a zone.</summary>
    public static SchemeSource Calendar(string zone) => new(
        "local.yaml",
        $$"""
        id: local
        name: { zh: 本地, en: Local }
        description: { zh: 按本地日, en: By local days }
        calendar: {{zone}}
        layers:
          - { id: none, name: { zh: 无, en: None }, playbook: { zh: 等待, en: Wait } }
          - { id: some, name: { zh: 有, en: Some }, playbook: { zh: 感谢, en: Thank } }
        rules:
          - { layer: some, when: orders(1d) >= 1 }
          - layer: none
        """);

    /// <summary>The audience <c>big-spenders</c>: at least 500 in a year.</summary>
    public static SchemeSource Audience { get; } = new(
        "big-spenders.yaml",
        """
        audience: big-spenders
        name: { zh: 高消费人群, en: Big spenders }
        when: spend(365d) >= 500
        """);
}
