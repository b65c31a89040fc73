import { accessKey } from "./key";
import { Limits } from "../limits";
import type { CustomerView, Explanation, Forecast } from "../wire/customers";
import type { Problem } from "../wire/names";
import type { SchemeList, SegmentDetail } from "../wire/segments";

export type Answer<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "problem"; readonly status: number; readonly problem: Problem }
  | { readonly kind: "unreachable" };

/** The server's HTTP questions, addressed relative to the page. */
export const api = {
  schemes: () => get<SchemeList>("v1/schemes"),
  segment: (scheme: string, signal: AbortSignal) => get<SegmentDetail>(`v1/segments/${encodeURIComponent(scheme)}`, signal),
  customer: (id: string, signal: AbortSignal) => get<CustomerView>(`v1/customers/${encodeURIComponent(id)}`, signal),
  forecast: (id: string, signal: AbortSignal) => get<Forecast>(`v1/customers/${encodeURIComponent(id)}/forecast`, signal),
  explain: (id: string, scheme: string, signal: AbortSignal) =>
    get<Explanation>(`v1/customers/${encodeURIComponent(id)}/explain?scheme=${encodeURIComponent(scheme)}`, signal),
};

async function get<T>(path: string, signal?: AbortSignal): Promise<Answer<T>> {
  const timeout = AbortSignal.timeout(Limits.RequestMilliseconds);
  try {
    const response = await fetch(new URL(path, document.baseURI), {
      headers: { Accept: "application/json, application/problem+json", ...authorization() },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    if (response.ok) return { kind: "ok", value: (await response.json()) as T };
    return { kind: "problem", status: response.status, problem: await problemOf(response) };
  } catch {
    // No answer, an answer cut short, or a question taken back: the caller knows which of them it asked for.
    return { kind: "unreachable" };
  }
}

function authorization(): Record<string, string> {
  const key = accessKey();
  return key === null ? {} : { Authorization: `Bearer ${key}` };
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return { title: response.statusText, status: response.status };
  }
}
