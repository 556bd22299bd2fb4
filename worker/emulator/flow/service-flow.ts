import type { FlowService } from "../core/flow/account";
import type { Delivery, Flow, Place, RunOptions, Target, TargetKind } from "../core/flow/contract";
import type { EventSource } from "../core/flow/event-sources";
import type { Call } from "../core/service/call";
import type { AccountFlowOf } from "./account-flow";
import { placeOf, placeWithin } from "./places";

/** The flow as one engine sees it. */
export class ServiceFlow implements Flow {
  readonly placeOf = placeOf;
  readonly placeWithin = placeWithin;

  constructor(
    private readonly account: AccountFlowOf,
    private readonly service: FlowService,
  ) {}

  find(name: string, kinds?: readonly TargetKind[]): Target | undefined {
    return this.account.targets.find(name, kinds)?.target;
  }

  source(name: string): EventSource | undefined {
    return this.account.targets.source(name);
  }

  run(service: string, operation: string, args: readonly unknown[], options: RunOptions): Call | Promise<Call> {
    return this.account.run(service, operation, args, options);
  }

  act(
    operation: string,
    input: Readonly<Record<string, unknown>>,
    run: (call: Call) => unknown,
    { place, hop }: Partial<RunOptions> = {},
  ): Call {
    const { pipeline, concerns } = this.service.use();
    const depth = (place?.depth ?? 0) + 1;
    return pipeline.act(operation, input, run, concerns, {
      ...(place && { place }),
      ...(hop && { hop: { ...hop, depth } }),
    });
  }

  deliver(deliveries: readonly Delivery[], place: Place, sender?: string): void {
    for (const delivery of deliveries) this.account.carrier.send(delivery, place, sender);
  }

  after(fn: () => void): void {
    this.account.host.turnstile.after(fn);
  }

  dispatch(start: () => unknown): void {
    this.account.dispatcher.dispatch(start);
  }

  watch(name: string, fn: () => void): () => void {
    return this.account.watchers.watch(name, fn);
  }

  wake(name: string): void {
    this.account.wake(name);
  }

  isWatched(name: string): boolean {
    return this.account.watchers.has(name);
  }

  remember(key: string, call: Call): void {
    // A call is recorded when it ends: only then can it be named as a cause.
    if (call.ended) this.account.memory.remember(key, call);
    else this.after(() => this.account.memory.remember(key, call));
  }

  recall(key: string): Place | undefined {
    return this.account.memory.recall(key);
  }

  cloudAt(place: Place): object {
    return this.account.host.cloudAt(place);
  }
}
