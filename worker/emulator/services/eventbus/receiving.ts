import type { BusParcel, Receiver, Target } from "../../core/flow/contract";
import type { Call } from "../../core/service/call";
import { entryBytes, readDetail } from "./event-input";
import { busName } from "./input";
import type { Publishing } from "./publishing";
import { refuse } from "./reasons";
import type { State } from "./state";
import type { EventInput, PublishResult } from "./types";

/** How other services put events on a bus: as the cloud's own, and with an id that an event has already. */
export function receiver(state: State, publishing: Publishing): Receiver {
  const { dialect, context } = state;

  function take(call: Call, name: string, parcel: BusParcel): PublishResult {
    const bus = state.bus(name);
    const { source, detailType, resources = [], time, replayName } = parcel;
    const { text, read } = readDetail(parcel.detail);
    const size = entryBytes({ source, detailType, detail: text, time, resources });
    if (size > dialect.maxCallBytes) refuse("entriesTooLarge", { size, max: dialect.maxCallBytes });
    const id = parcel.id ?? context.ids.uuid();
    const event = {
      ...{ id, source, detailType, detail: read, time: time ?? state.nowMs(), resources, ...publishing.home },
      ...(replayName !== undefined && { replayName }),
    };
    publishing.take(call, bus, event, text);
    return { successCount: 1, failCount: 0, eventIds: [id], entries: [{ eventId: id }] };
  }

  return {
    find(name): Target | undefined {
      const inArn = dialect.busArnForm.test(name);
      const bus = busName(name === "" ? "-" : name, state);
      const found = state.findBus(bus);
      // A plain word may be anybody's: it is a bus only if there is one.
      if (!found) return inArn ? { kind: "bus", name, exists: false } : undefined;
      return { kind: "bus", name: found.arn, exists: true };
    },

    call(target, parcel) {
      if (parcel.kind !== "bus") throw new Error(`a bus takes no parcel for a ${parcel.kind}`);
      const name = busName(target.name, state);
      const { source, detailType, detail, resources, time } = parcel;
      const entry: EventInput = {
        ...{ source, detailType, detail, eventBus: name },
        ...(time !== undefined && { time: new Date(time) }),
        ...(resources && { resources: [...resources] }),
      };
      return { operation: "putEvents", args: [[entry]], run: (call) => take(call, name, parcel) };
    },
  };
}
