import { Limits } from "../limits";

const storageKey = "grid.recentCustomers";

/** The ids looked at last, newest first; remembered by the browser where it allows that. */
export function recentCustomers(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id): id is string => typeof id === "string") : [];
  } catch {
    return [];
  }
}

export function rememberCustomer(id: string): void {
  const ids = [id, ...recentCustomers().filter((other) => other !== id)].slice(0, Limits.RecentCustomers);
  try {
    localStorage.setItem(storageKey, JSON.stringify(ids));
  } catch {
    // Without storage there is no list of recent customers.
  }
}
