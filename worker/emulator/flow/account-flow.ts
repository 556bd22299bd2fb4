import { CloudError } from "../core/errors";
import type { AccountFlow, FlowHost } from "../core/flow/account";
import type { DeliveryFilter, DeliveryInfo, Flow, RunOptions, Sender, Senders } from "../core/flow/contract";
import type { Call } from "../core/service/call";
import { Carrier } from "./carrier";
import { Dispatcher } from "./dispatcher";
import { placeOf, Memory } from "./places";
import { ServiceFlow } from "./service-flow";
import { Targets } from "./targets";
import { Watchers } from "./watchers";

const NO_FILTER: DeliveryFilter = {};
const FILTERS: readonly string[] = ["flowId", "source", "target", "state"] satisfies (keyof DeliveryFilter)[];

/** The flow of one account: what its services send each other, from the call that causes it to its end. */
export class AccountFlowOf implements AccountFlow {
  readonly targets: Targets;
  readonly dispatcher: Dispatcher;
  readonly watchers: Watchers;
  readonly carrier: Carrier;
  readonly memory = new Memory();
  private readonly senders = new Map<string, Sender>();

  constructor(readonly host: FlowHost) {
    this.targets = new Targets(host.services);
    this.dispatcher = new Dispatcher(host.clock, host.provider);
    this.watchers = new Watchers(host.turnstile);
    this.carrier = new Carrier(host, this.targets, this.dispatcher, (type) => this.senders.get(type));
  }

  get pending(): number {
    return this.carrier.ledger.open;
  }

  opened(sends: Senders | undefined): void {
    // An event's data are what its own engine emits under its type.
    for (const [type, sender] of Object.entries(sends ?? {})) this.senders.set(type, sender);
  }

  of(service: string): Flow {
    const own = this.host.services.find((offered) => offered.service === service);
    if (!own) throw new Error(`no such service: ${service}`);
    return new ServiceFlow(this, own);
  }

  emitted(call: Call): void {
    const place = placeOf(call);
    for (const { type, data } of call.events) {
      const deliveries = this.senders.get(type)?.deliveries(data, call);
      for (const delivery of deliveries ?? []) this.carrier.send(delivery, place, type);
    }
  }

  run(service: string, operation: string, args: readonly unknown[], { place, hop }: RunOptions): Call | Promise<Call> {
    const offered = this.host.services.find((it) => it.service === service);
    if (!offered) throw new Error(`no such service: ${service}`);
    const { pipeline, concerns } = offered.use();
    if (!hop) return pipeline.deliver(operation, args, { place }, concerns);
    this.carrier.hops += 1;
    this.dispatcher.guard.count();
    return pipeline.deliver(operation, args, { place, hop: { ...hop, depth: place.depth + 1 } }, concerns);
  }

  wake(name: string): void {
    this.carrier.roomAt(name);
    if (!this.watchers.has(name)) return;
    this.dispatcher.asked();
    this.watchers.wake(name);
  }

  async settle(): Promise<number> {
    const before = this.carrier.hops;
    await this.dispatcher.settle();
    return this.carrier.hops - before;
  }

  async listDeliveries(filter: DeliveryFilter = NO_FILTER): Promise<DeliveryInfo[]> {
    if (typeof filter !== "object" || filter === null) throw this.badFilter("the filter must be an object");
    const unknown = Object.keys(filter).find((name) => !FILTERS.includes(name));
    if (unknown !== undefined)
      throw this.badFilter(`there is no filter ${JSON.stringify(unknown)}; known are ${FILTERS.join(", ")}`);
    return this.carrier.ledger.list(filter);
  }

  resume(): void {
    this.carrier.resume();
  }

  private badFilter(message: string): CloudError {
    return new CloudError("InvalidArgument", `listDeliveries: ${message}`, {
      provider: this.host.provider,
      operation: "listDeliveries",
    });
  }
}
