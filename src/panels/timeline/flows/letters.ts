import type { ResourceWire } from "../../../../worker/emulator/core/service/resources";
import type { CloudAt } from "../../../run/cloud-at";
import type { Catalogue } from "../../../../worker/protocol";
import { historyOf } from "../../../run/histories";
import type { Run } from "../../../run/run.svelte";
import type { FlowNode } from "../../flow/nodes";
import { saidBy, wiringOf, type Wiring } from "../../flow/wires";
import { accountsOf } from "../../resources/tree";
import { flowsOf, type FlowIndex, type Route } from "./flow-index";

type Carries = ResourceWire["carries"];

/** What goes along each route, as the wiring says: events, dead letters, what came of a call. */
export function carriesOf(wiring: Wiring, routes: readonly Route[]): (Carries | undefined)[] {
  return routes.map(({ instance, service, source, target, via }) => {
    const said = saidBy(via);
    if (said !== undefined) return said;
    const { nodes } = wiring;
    const to = nodes.find(instance, target, (node) => node.resource?.account.service.service === service);
    const middle = via === undefined ? undefined : nodes.find(instance, via);
    const isFrom = (node: FlowNode): boolean =>
      node === middle || (node.instance === instance && nodes.find(instance, source, (it) => it === node) === node);
    const wires = to === undefined ? [] : wiring.wires.filter((wire) => wire.to === to && isFrom(wire.from));
    return (wires.find((wire) => via !== undefined && wire.via === via) ?? wires[0])?.carries;
  });
}

/** Follows a run until it is known what its routes carry; whether that is so. */
export function followCarries(run: Run, hasTime: () => boolean): boolean {
  const index = flowsOf(run);
  if (!index.follow(hasTime)) return false;
  if (index.routes.length === index.carries.length) return true;
  const history = historyOf(run);
  const until = run.recording.size;
  if (!history.follow(hasTime, until)) return false;
  const carries = carriesOf(wiringAt(run.catalogue, history.at(until)), index.routes);
  // What is known of a wire stays known when it is taken down.
  index.carries = carries.map((it, i) => it ?? index.carries[i]);
  return true;
}

const wiringAt = (catalogue: Catalogue, cloud: CloudAt): Wiring => wiringOf(accountsOf(catalogue, cloud.stores));

/** What a hop carries; undefined for what is none, or is not known to be wired. */
export function carriesAt(index: FlowIndex, place: number): Carries | undefined {
  const number = index.routeOf(place);
  return number === undefined ? undefined : index.carries[number];
}

/** What failed for good, and lies where such things are put. */
export function isDeadLetter(index: FlowIndex, place: number): boolean {
  const number = index.routeOf(place);
  if (number === undefined) return false;
  const carries = index.carries[number];
  if (carries !== undefined && carries !== "events") return carries === "deadLetters";
  // Whoever gives a delivery up sends it elsewhere in the same name: known also when its wiring is gone.
  const cause = index.causeOf(place);
  const before = cause < 0 ? undefined : index.routeOf(cause);
  if (before === undefined || before === number || !index.failed(cause) || index.attemptOf(place) !== 1) return false;
  const [letter, failed] = [index.routes[number], index.routes[before]];
  return letter?.source === failed?.source && letter?.via === failed?.via;
}
