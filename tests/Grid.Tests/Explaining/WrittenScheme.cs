namespace Grid.Tests.Explaining;

/// <summary>The YAML of small schemes of which a test names only the conditions.</summary>
internal static class WrittenScheme
{
    /// <summary>Layers <c>out</c> and <c>in</c>, the latter while the condition holds.</summary>
    public static string From(string when, string before = "") =>
        $$"""
        id: trial
        name: { zh: 试, en: Trial }
        description: { zh: 试, en: Trial }
        {{before}}
        layers:
          - id: out
            name: { zh: 外, en: Outside }
            playbook: { zh: 一, en: One }
          - id: in
            name: { zh: 内, en: Inside }
            playbook: { zh: 二, en: Two }
        rules:
          - layer: in
            when: {{when}}
          - layer: out
        """;
}
