import { Cell } from "./store/cell";

/** Where the page is; every place has an address of its own. */
export type Route =
  | { readonly page: "overview" }
  | { readonly page: "scheme"; readonly scheme: string }
  | { readonly page: "feed" }
  | { readonly page: "rulebook" }
  | { readonly page: "customer"; readonly customer: string | null; readonly scheme: string | null };

export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  const [page, ...rest] = path.split("/");
  const id = decode(rest.join("/"));
  if (page === "schemes" && id !== "") return { page: "scheme", scheme: id };
  if (page === "transitions") return { page: "feed" };
  if (page === "rulebook") return { page: "rulebook" };
  if (page === "customers") {
    return { page: "customer", customer: id === "" ? null : id, scheme: new URLSearchParams(query).get("scheme") };
  }
  return { page: "overview" };
}

export function addressOf(route: Route): string {
  switch (route.page) {
    case "overview":
      return "#/";
    case "feed":
      return "#/transitions";
    case "rulebook":
      return "#/rulebook";
    case "scheme":
      return `#/schemes/${encodeURIComponent(route.scheme)}`;
    case "customer": {
      const query = route.scheme === null ? "" : `?scheme=${encodeURIComponent(route.scheme)}`;
      return `#/customers/${route.customer === null ? "" : encodeURIComponent(route.customer)}${query}`;
    }
  }
}

export function currentRoute(): Cell<Route> {
  const route = new Cell(parseRoute(location.hash));
  window.addEventListener("hashchange", () => route.set(parseRoute(location.hash)));
  return route;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
