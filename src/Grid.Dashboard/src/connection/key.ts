const storedAs = "grid.key";

/**
 * The key of a server that asks for one: given once in the page's address as `#key=…`, which no server and no proxy sees, kept until the
 * window is closed, and taken out of the address so that it is not shared with it. `?key=…` still works.
 */
export function accessKey(): string | null {
  const address = new URL(window.location.href);
  const inFragment = /^#key=(.+)$/u.exec(address.hash)?.[1];
  const given = inFragment === undefined ? address.searchParams.get("key") : decodeURIComponent(inFragment);
  if (given !== null) {
    sessionStorage.setItem(storedAs, given);
    address.searchParams.delete("key");
    if (inFragment !== undefined) address.hash = "";
    history.replaceState(null, "", address);
  }
  localStorage.removeItem(storedAs);
  return sessionStorage.getItem(storedAs);
}

/** A ticket that replaces the key for a minute where a browser sets no header; empty when there is no key or no answer. */
export async function ticket(): Promise<string> {
  const key = accessKey();
  if (key === null) return "";
  const response = await fetch(new URL("v1/tickets", document.baseURI), { method: "POST", headers: { Authorization: `Bearer ${key}` } });
  return response.ok ? ((await response.json()) as { readonly ticket: string }).ticket : "";
}
