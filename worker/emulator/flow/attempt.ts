import type { Hop, Parcel, Place } from "../core/flow/contract";
import type { Call } from "../core/service/call";
import type { Found } from "./targets";

/** One hop: a parcel as a call through its target's own pipeline. Its source, via and attempt are the delivery's. */
export function hopTo(
  { receiver, service, target }: Found,
  parcel: Parcel,
  place: Place,
  about: Pick<Hop, "source" | "attempt"> & { readonly via: string | undefined },
): Call | Promise<Call> {
  const { operation, args, run } = receiver.call(target, parcel);
  const { source, via, attempt } = about;
  const depth = place.depth + 1;
  const hop: Hop = { source, target: target.name, ...(via !== undefined && { via }), attempt, depth };
  return service.pipeline.deliver(operation, args, { place, hop, run }, service.concerns);
}

/** Goes on with a call once it has ended: at once when it has. */
export function whenEnded(call: Call | Promise<Call>, then: (call: Call) => void): Promise<void> | undefined {
  if (call instanceof Promise) return call.then(then);
  then(call);
  return undefined;
}
