import { HubConnectionState, type HubConnection, type ISubscription } from "@microsoft/signalr";
import { retryDelay } from "./retry";
import { Wait } from "./wait";

export interface SubscriptionRequest<T> {
  readonly target: string;
  /** Called at each start, because the position to continue after advances. */
  readonly parameters: () => readonly unknown[];
  readonly onFrame: (frame: T) => void;
  /** Called when the server ended the stream on a live connection, with the number of times in a row. */
  readonly onRefused?: (times: number) => void;
}

/** One stream of the hub, started on each new connection and again when the server ends it. */
export class Subscription {
  readonly #request: SubscriptionRequest<unknown>;
  readonly #wait = new Wait();
  #stream: ISubscription<unknown> | null = null;
  #refusals = 0;
  /** Incremented by each start and stop: late frames of an earlier stream are ignored. */
  #run = 0;

  constructor(request: Omit<SubscriptionRequest<unknown>, "onFrame"> & { readonly onFrame: (frame: unknown) => void }) {
    this.#request = request;
  }

  start(connection: HubConnection): void {
    this.stop();
    const run = this.#run;
    const ended = (): void => {
      if (run === this.#run) void this.#again(connection, run);
    };
    this.#stream = connection.stream<unknown>(this.#request.target, ...this.#request.parameters()).subscribe({
      next: (frame) => {
        if (run !== this.#run) return;
        this.#refusals = 0;
        this.#request.onFrame(frame);
      },
      error: ended,
      complete: ended,
    });
  }

  stop(): void {
    this.#run++;
    this.#wait.end();
    const stream = this.#stream;
    this.#stream = null;
    try {
      stream?.dispose();
    } catch {
      // The connection of the stream is lost, and the stream with it.
    }
  }

  async #again(connection: HubConnection, run: number): Promise<void> {
    if (connection.state !== HubConnectionState.Connected) return;
    this.#request.onRefused?.(++this.#refusals);
    await this.#wait.milliseconds(retryDelay(this.#refusals, Math.random()));
    if (run === this.#run && connection.state === HubConnectionState.Connected) this.start(connection);
  }
}
