import { exportAddress } from "../../connection/api";
import { accessKey, ticket } from "../../connection/key";
import { element } from "../../dom/element";
import type { SchemeDefinition } from "../../wire/segments";
import type { Context } from "../context";
import { layerChip, section } from "../parts";

const formats = [
  { id: "csv", name: "CSV" },
  { id: "ndjson", name: "NDJSON" },
] as const;

const columns = "customer,layer,since,orders(90d),spend(90d),lastOrderAt,tags";

/** The members of each layer as a file. */
export function exports(context: Context, scheme: SchemeDefinition): HTMLElement {
  const { words } = context;
  const links = (layer: string | null, label: (format: string) => string): readonly HTMLElement[] =>
    formats.map(({ id, name }) => {
      const link = element(
        "a",
        {
          href: exportAddress(scheme.id, layer, id, columns),
          download: true,
          "aria-label": label(name),
          "data-testid": `export-${layer ?? "all"}-${id}`,
        },
        name,
      );
      // A download cannot send headers: a ticket goes into the address, which is written down on its way.
      link.addEventListener("click", (event) => {
        if (accessKey() === null) return;
        event.preventDefault();
        void ticket().then((given) => {
          const address = new URL(exportAddress(scheme.id, layer, id, columns));
          address.searchParams.set("access_token", given);
          element("a", { href: address.href, download: true }).click();
        });
      });
      return link;
    });
  return section(
    words.segments.exports,
    { class: "exports", "data-testid": "exports" },
    element(
      "ul",
      {},
      element("li", {}, element("span", {}, words.segments.everyone), ...links(null, words.segments.exportAll)),
      ...[...scheme.layers].reverse().map(({ id }) => {
        const label = (format: string): string => words.segments.exportLayer(context.layerName(scheme.id, id), format);
        return element("li", {}, layerChip(context, scheme.id, id), ...links(id, label));
      }),
    ),
    element("p", { class: "quiet small" }, element("code", {}, columns)),
  );
}
