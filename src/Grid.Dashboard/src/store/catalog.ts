import type { LayerDefinition, SchemeDefinition, SchemeList } from "../wire/segments";

/** The rulebook as the page needs it: schemes in their order, layers by id. */
export class Catalog {
  readonly list: SchemeList;
  readonly rulebook: number;
  readonly currency: SchemeList["currency"];
  readonly schemes: readonly SchemeDefinition[];
  readonly #layers = new Map<string, Map<string, LayerDefinition>>();

  constructor(list: SchemeList) {
    this.list = list;
    this.rulebook = list.rulebook;
    this.currency = list.currency;
    this.schemes = list.schemes;
    for (const scheme of list.schemes) {
      this.#layers.set(scheme.id, new Map(scheme.layers.map((layer) => [layer.id, layer])));
    }
  }

  scheme(id: string): SchemeDefinition | undefined {
    return this.schemes.find((scheme) => scheme.id === id);
  }

  layer(scheme: string, layer: string): LayerDefinition | undefined {
    return this.#layers.get(scheme)?.get(layer);
  }

  /** The height of the layer in its scheme, from the lowest (0) to the highest (1). */
  height(scheme: string, layer: string): number {
    const layers = this.scheme(scheme)?.layers ?? [];
    const index = layers.findIndex((candidate) => candidate.id === layer);
    return index < 0 || layers.length < 2 ? 0 : index / (layers.length - 1);
  }

  knows(scheme: string, layer: string): boolean {
    return this.layer(scheme, layer) !== undefined;
  }
}
