import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import { openSteps } from "../../worker/emulator/run/snapshots";
import type { Catalogue } from "../../worker/protocol";
import { plural } from "../ui/format";
import { CLOUDS } from "./settings";
import { stepwise } from "./stepwise";

/** Kinds that are told of; the rest are details. */
const MOST = 2;

/** What is in a cloud, in a few words: `2 buckets and 7 objects on AWS; 1 container on Azure`. Rejects when it is damaged. */
export async function summaryOf(cloud: CloudSnapshot, catalogue: Catalogue): Promise<string> {
  const stores = (await stepwise(openSteps(cloud)))?.stores ?? new Map<string, { size: number }>();
  const parts: string[] = [];
  for (const { name: provider, label } of CLOUDS) {
    const counted: string[] = [];
    for (const service of catalogue.services.filter((it) => it.provider === provider)) {
      const filled = service.resources
        .map((kind) => ({
          kind: kind.kind,
          size: stores.get(`${provider}/${service.service}/${kind.store}`)?.size ?? 0,
        }))
        .filter(({ size }) => size > 0);
      for (const { kind, size } of filled.slice(0, MOST)) counted.push(plural(size, service.nouns[kind] ?? kind));
    }
    if (counted.length > 0) parts.push(`${counted.join(counted.length === 2 ? " and " : ", ")} on ${label}`);
  }
  return parts.length === 0 ? "nothing in it" : parts.join("; ");
}
