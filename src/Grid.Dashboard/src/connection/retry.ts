import { Limits } from "../limits";

/** The wait before the given attempt (0 is the first retry), with up to a quarter taken off so that pages don't return in step. */
export function retryDelay(attempt: number, chance: number): number {
  const full = Math.min(Limits.RetryMostMilliseconds, Limits.RetryFirstMilliseconds * 2 ** Math.min(attempt, 16));
  return Math.round(full * (1 - 0.25 * chance));
}
