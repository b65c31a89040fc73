const storedAs = "grid.key";

/**
 * The key of a server that asks for one: given once in the page's address as `?key=…`, kept by this browser, and taken out of the address
 * so that it is not shared with it.
 */
export function accessKey(): string | null {
  const address = new URL(window.location.href);
  const given = address.searchParams.get("key");
  if (given !== null) {
    localStorage.setItem(storedAs, given);
    address.searchParams.delete("key");
    history.replaceState(null, "", address);
  }
  return localStorage.getItem(storedAs);
}
