import { ticket } from "./key";
import { HubConnectionBuilder, HubConnectionState, LogLevel, type HubConnection } from "@microsoft/signalr";
import { Limits } from "../limits";
import { Cell, type Dispose } from "../store/cell";
import { retryDelay } from "./retry";
import { Subscription, type SubscriptionRequest } from "./subscription";
import { Wait } from "./wait";

export type ConnectionState =
  | { readonly name: "connecting" }
  | { readonly name: "connected" }
  /** Disconnected since `lostAt`; the next attempt is at `retryAt`, or under way when that is null. */
  | { readonly name: "reconnecting"; readonly lostAt: number; readonly retryAt: number | null };

/** One connection to the hub for the lifetime of the page: it reconnects without limit, and renews its subscriptions. */
export class Session {
  readonly state = new Cell<ConnectionState>({ name: "connecting" });
  readonly #subscriptions = new Set<Subscription>();
  readonly #wait = new Wait();
  /** Called for each new connection, before it subscribes; false means that the server is not ready yet. */
  readonly #prepare: () => Promise<boolean>;
  #connection: HubConnection | null = null;
  #heardAt = 0;

  constructor(prepare: () => Promise<boolean>) {
    this.#prepare = prepare;
  }

  /** Keeps the request alive over all connections until the returned function is called. */
  subscribe<T>(request: SubscriptionRequest<T>): Dispose {
    const subscription = new Subscription({
      ...request,
      onFrame: (frame) => {
        this.#heardAt = Date.now();
        request.onFrame(frame as T);
      },
    });
    this.#subscriptions.add(subscription);
    if (this.#connection !== null && this.state.value.name === "connected") subscription.start(this.#connection);
    return () => {
      this.#subscriptions.delete(subscription);
      subscription.stop();
    };
  }

  /** Ends the wait before the next attempt. */
  retryNow(): void {
    this.#wait.end();
  }

  async run(): Promise<never> {
    window.addEventListener("online", () => this.retryNow());
    document.addEventListener("visibilitychange", () => this.retryNow());
    let attempt = 0;
    let lostAt = Date.now();
    for (;;) {
      if (await this.#connect()) {
        attempt = 0;
        await this.#lost();
        lostAt = Date.now();
      }
      const delay = retryDelay(attempt++, Math.random());
      this.state.set({ name: "reconnecting", lostAt, retryAt: Date.now() + delay });
      await this.#wait.milliseconds(delay);
      this.state.set({ name: "reconnecting", lostAt, retryAt: null });
    }
  }

  async #connect(): Promise<boolean> {
    const address = new URL("hubs/grid", document.baseURI);
    // A page can set no header of a WebSocket; the reader's choice may differ from the browser's language.
    address.searchParams.set("lang", document.documentElement.lang);
    const connection = new HubConnectionBuilder()
      .withUrl(address.href, { accessTokenFactory: ticket })
      .configureLogging(LogLevel.None)
      .build();
    try {
      await connection.start();
      if (await this.#prepare()) {
        this.#connection = connection;
        this.#heardAt = Date.now();
        this.state.set({ name: "connected" });
        for (const subscription of this.#subscriptions) subscription.start(connection);
        return true;
      }
    } catch {
      // The server is down or restarting; the caller tries again.
    }
    await connection.stop().catch(() => undefined);
    return false;
  }

  /** Resolves when the connection has ended, or when it was closed because no frame arrived. */
  async #lost(): Promise<void> {
    const connection = this.#connection;
    if (connection === null) return;
    await new Promise<void>((resolve) => {
      const watchdog = setInterval(() => {
        if (Date.now() - this.#heardAt > Limits.SilenceMilliseconds) void connection.stop();
        if (connection.state === HubConnectionState.Disconnected) ended();
      }, 1_000);
      const ended = (): void => {
        clearInterval(watchdog);
        resolve();
      };
      connection.onclose(ended);
    });
    this.#connection = null;
    for (const subscription of this.#subscriptions) subscription.stop();
  }
}
