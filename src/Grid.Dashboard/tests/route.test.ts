import { describe, expect, it } from "vitest";
import { retryDelay } from "../src/connection/retry";
import { Limits } from "../src/limits";
import { addressOf, parseRoute, type Route } from "../src/route";

describe("addresses", () => {
  const routes: readonly Route[] = [
    { page: "overview" },
    { page: "feed" },
    { page: "rulebook" },
    { page: "scheme", scheme: "rfm8" },
    { page: "customer", customer: null, scheme: null },
    { page: "customer", customer: "u1", scheme: "rfm8" },
    { page: "customer", customer: "a/b?c=#1 用户 100%", scheme: null },
  ];

  it("lead back to the place they name", () => {
    for (const route of routes) expect(parseRoute(addressOf(route))).toEqual(route);
  });

  it("that mean nothing lead to the overview", () => {
    for (const hash of ["", "#", "#/elsewhere", "#/schemes/"]) expect(parseRoute(hash)).toEqual({ page: "overview" });
  });

  it("with broken escapes are taken as they are", () => {
    expect(parseRoute("#/customers/100%")).toEqual({ page: "customer", customer: "100%", scheme: null });
  });
});

describe("a server that stays away", () => {
  it("is tried again less and less often, but for ever", () => {
    const delays = Array.from({ length: 1_100 }, (_, attempt) => retryDelay(attempt, 0));
    expect(delays.slice(0, 4)).toEqual([250, 500, 1_000, 2_000]);
    expect(Math.max(...delays)).toBe(Limits.RetryMostMilliseconds);
    expect(delays.at(-1)).toBe(Limits.RetryMostMilliseconds);
  });

  it("is not tried by all pages at the same moment", () => {
    expect(retryDelay(10, 0.999)).toBeLessThan(retryDelay(10, 0));
    expect(retryDelay(0, 0.999)).toBeGreaterThan(0);
  });
});
