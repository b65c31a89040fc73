import { Format } from "../format/format";
import { rampColour } from "../format/ramp";
import { nameIn } from "../locales/language";
import type { Messages } from "../locales/en";
import type { Model } from "../model";
import { Catalog } from "../store/catalog";

/** What every view needs: the model, and how to say and colour things. A new one is made with each language and rulebook. */
export class Context {
  readonly model: Model;
  readonly format: Format;
  readonly catalog: Catalog;

  constructor(model: Model) {
    this.model = model;
    this.format = new Format(model.language.value);
    this.catalog = model.catalog.value ?? new Catalog({ rulebook: 0, currency: { code: "", minorUnits: 2 }, schemes: [] });
  }

  get words(): Messages {
    return this.format.messages;
  }

  schemeName(scheme: string): string {
    return nameIn(this.format.language, this.catalog.scheme(scheme)?.name) || scheme;
  }

  layerName(scheme: string, layer: string): string {
    return nameIn(this.format.language, this.catalog.layer(scheme, layer)?.name) || layer;
  }

  /** A CSS colour that follows the reader's light or dark theme. */
  layerColour(scheme: string, layer: string): string {
    const height = this.catalog.height(scheme, layer);
    return `light-dark(${rampColour(height, "light")}, ${rampColour(height, "dark")})`;
  }
}
