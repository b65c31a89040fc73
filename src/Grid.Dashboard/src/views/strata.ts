import { element, setStyle } from "../dom/element";
import type { Lifetime } from "../dom/lifetime";
import type { SchemeDefinition } from "../wire/segments";
import type { Context } from "./context";

/** All customers as one bar, cut into the layers of a scheme, lowest first. */
export function strata(context: Context, lifetime: Lifetime, scheme: SchemeDefinition): HTMLElement {
  const { format, words, model } = context;
  const parts = scheme.layers.map((layer) => ({
    layer,
    node: element("span", { class: "stratum", style: `--layer: ${context.layerColour(scheme.id, layer.id)}` }),
  }));
  const root = element(
    "div",
    { class: "strata", role: "img", "aria-label": words.segments.strata(context.schemeName(scheme.id)) },
    ...parts.map(({ node }) => node),
  );
  const show = lifetime.nextFrame(() => {
    for (const { layer, node } of parts) {
      const share = model.segments.share(scheme.id, layer.id);
      setStyle(node, "flex-grow", share.toFixed(3));
      const title = `${context.layerName(scheme.id, layer.id)} ${format.share(share)}`;
      if (node.title !== title) node.title = title;
    }
  });
  lifetime.add(model.segments.revision.watch(show));
  return root;
}
