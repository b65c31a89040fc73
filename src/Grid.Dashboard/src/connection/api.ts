import { accessKey } from "./key";
import { resultOf } from "./lines";
import { Limits } from "../limits";
import type { CustomerView, Explanation, Forecast } from "../wire/customers";
import type { Problem } from "../wire/names";
import type { Preview, Progress } from "../wire/previews";
import type { Lint, Published, RulebookContent, RulebookRequest, Rulebooks } from "../wire/rulebooks";
import type { FlowSeries, FlowSpan, Migration, SchemeForecast, SchemeList, SegmentDetail, SegmentValue } from "../wire/segments";

export type Answer<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "problem"; readonly status: number; readonly problem: Problem }
  | { readonly kind: "unreachable" };

/** The server's HTTP requests, with addresses relative to the page. */
export const api = {
  schemes: () => get<SchemeList>("v1/schemes"),
  segment: (scheme: string, signal: AbortSignal) => get<SegmentDetail>(segment(scheme, ""), signal),
  value: (scheme: string, window: string, signal: AbortSignal) =>
    get<SegmentValue>(segment(scheme, `/value?window=${encodeURIComponent(window)}`), signal, Limits.PassMilliseconds),
  flows: (scheme: string, per: FlowSpan, signal: AbortSignal) => get<FlowSeries>(segment(scheme, `/flows?per=${per}`), signal),
  migration: (scheme: string, from: string, signal: AbortSignal) =>
    get<Migration>(segment(scheme, `/migration?from=${encodeURIComponent(from)}`), signal, Limits.PassMilliseconds),
  foresee: (scheme: string, days: number, signal: AbortSignal) =>
    get<SchemeForecast>(segment(scheme, `/forecast?days=${days}&per=day`), signal, Limits.PassMilliseconds),
  rulebooks: (signal: AbortSignal) => get<Rulebooks>("v1/rulebooks", signal),
  rulebook: (number: number, signal: AbortSignal) => get<RulebookContent>(`v1/rulebooks/${number}`, signal),
  lint: (request: RulebookRequest, signal: AbortSignal) => post<Lint>("v1/schemes/lint", request, signal, Limits.RequestMilliseconds),
  /** Closing the connection ends the server's work. */
  preview: (request: RulebookRequest, onProgress: (progress: Progress) => void, signal: AbortSignal) =>
    ask<Preview>("v1/schemes/preview", posted(request), signal, Limits.TrialMilliseconds, {
      accepted: "application/x-ndjson, application/problem+json",
      read: (body) => resultOf<Preview>(body, onProgress),
    }),
  /** Not cancelled when its view leaves the page: a publication that has begun is completed. */
  publish: (request: RulebookRequest) => post<Published>("v1/rulebooks", request, undefined, Limits.PassMilliseconds),
  publishAgain: (number: number, author: string) =>
    post<Published>(`v1/rulebooks/${number}/publish?author=${encodeURIComponent(author)}`, null, undefined, Limits.PassMilliseconds),
  customer: (id: string, signal: AbortSignal) => get<CustomerView>(customer("", id), signal),
  forecast: (id: string, signal: AbortSignal) => get<Forecast>(customer("/forecast", id), signal),
  explain: (id: string, scheme: string, signal: AbortSignal) =>
    get<Explanation>(`${customer("/explain", id)}&scheme=${encodeURIComponent(scheme)}`, signal),
};

/** The address of a file with the members of a layer, or of the whole scheme. */
export function exportAddress(scheme: string, layer: string | null, format: "csv" | "ndjson", columns: string): string {
  const query = new URLSearchParams({ format, columns, ...(layer === null ? {} : { layer }) });
  return new URL(segment(scheme, `/export?${query.toString()}`), document.baseURI).href;
}

/** A path cannot contain ids such as `.` and `..`. */
function customer(question: string, id: string): string {
  return `v1/customers${question}?id=${encodeURIComponent(id)}`;
}

function segment(scheme: string, rest: string): string {
  return `v1/segments/${encodeURIComponent(scheme)}${rest}`;
}

function get<T>(path: string, signal?: AbortSignal, milliseconds: number = Limits.RequestMilliseconds): Promise<Answer<T>> {
  return ask<T>(path, { method: "GET" }, signal, milliseconds);
}

function post<T>(path: string, body: unknown, signal: AbortSignal | undefined, milliseconds: number): Promise<Answer<T>> {
  return ask<T>(path, posted(body), signal, milliseconds);
}

function posted(body: unknown): RequestInit {
  return { method: "POST", ...(body === null ? {} : { body: JSON.stringify(body) }) };
}

/** The request and the reader of an answer that is not one JSON value. */
interface Reading<T> {
  readonly accepted: string;
  readonly read: (body: ReadableStream<Uint8Array>) => Promise<T>;
}

async function ask<T>(
  path: string,
  request: RequestInit,
  signal: AbortSignal | undefined,
  milliseconds: number,
  reading?: Reading<T>,
): Promise<Answer<T>> {
  const timeout = AbortSignal.timeout(milliseconds);
  try {
    const response = await fetch(new URL(path, document.baseURI), {
      ...request,
      headers: {
        Accept: reading?.accepted ?? "application/json, application/problem+json",
        // The reader's choice may differ from the browser's language; errors are shown in the language of the page.
        "Accept-Language": document.documentElement.lang,
        ...(request.body === undefined ? {} : { "Content-Type": "application/json" }),
        ...authorization(),
      },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    if (response.ok && reading !== undefined && response.body !== null) return { kind: "ok", value: await reading.read(response.body) };
    if (response.ok) return { kind: "ok", value: (await response.json()) as T };
    return { kind: "problem", status: response.status, problem: await problemOf(response) };
  } catch {
    // The answer is missing or cut short, or the request was cancelled: the caller knows which of its requests it cancelled.
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
