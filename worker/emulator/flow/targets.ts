import type { FlowService, ServiceInUse } from "../core/flow/account";
import type { Receiver, Target, TargetKind } from "../core/flow/contract";
import type { EventSource, FindSource } from "../core/flow/event-sources";

/** A target, and who delivers to it. */
export interface Found {
  readonly target: Target;
  readonly receiver: Receiver;
  readonly service: ServiceInUse;
}

/** Finds targets by name among all services that have any; services that nobody has used yet come into use for it. */
export class Targets {
  #receivers: { receiver: Receiver; service: ServiceInUse }[] | undefined;
  #sources: FindSource[] | undefined;

  constructor(private readonly services: readonly FlowService[]) {}

  /**
   * What a name stands for. Two services may give the same name (on GCP a topic and a queue may): one of the wanted kinds wins, and then one that exists.
   */
  find(name: string, kinds?: readonly TargetKind[]): Found | undefined {
    let best: Found | undefined;
    let bestRank = -1;
    for (const { receiver, service } of (this.#receivers ??= this.#open())) {
      const target = receiver.find(name);
      if (!target) continue;
      const rank = (kinds === undefined || kinds.includes(target.kind) ? 2 : 0) + (target.exists ? 1 : 0);
      if (rank === 3) return { target, receiver, service };
      if (rank <= bestRank) continue;
      best = { target, receiver, service };
      bestRank = rank;
    }
    return best;
  }

  /** The queue or stream of a name. */
  source(name: string): EventSource | undefined {
    this.#sources ??= this.services.flatMap((offered) => offered.use().source ?? []);
    for (const find of this.#sources) {
      const source = find(name);
      if (source) return source;
    }
    return undefined;
  }

  #open(): { receiver: Receiver; service: ServiceInUse }[] {
    return this.services
      .filter(({ receives }) => receives.length > 0)
      .map((offered) => {
        const service = offered.use();
        if (!service.receives) throw new Error(`${offered.service} names what it receives, and has no receiver`);
        return { receiver: service.receives, service };
      });
  }
}
