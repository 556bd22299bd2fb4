import { describe, expect, test } from "vitest";
import { Ids } from "../../../worker/emulator/core/ids";
import { seededRandom } from "../../../worker/emulator/core/random";
import type { Account } from "../../../worker/emulator/core/service/service";
import { arn, azureId, gcpName, gcpSelfLink, sameAzureId } from "../../../worker/emulator/core/resource-names";

const idsOf = (seed: string): Ids => new Ids(seededRandom(seed));

describe("identifiers", () => {
  test("have the clouds' forms", () => {
    const ids = idsOf("forms");
    for (let i = 0; i < 200; i++) {
      expect(ids.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(ids.awsId("i")).toMatch(/^i-[0-9a-f]{17}$/);
      expect(ids.iamId("AROA")).toMatch(/^AROA[A-Z2-7]{17}$/);
      expect(ids.accessKeyId()).toMatch(/^AKIA[A-Z2-7]{16}$/);
      expect(ids.requestId()).toMatch(/^[0-9A-F]{16}$/);
      expect(ids.base36(4)).toMatch(/^[0-9a-z]{4}$/);
      expect(ids.numericId()).toMatch(/^[1-9][0-9]{17,18}$/);
      expect(BigInt(ids.numericId()) < 2n ** 63n).toBe(true);
    }
  });

  test("are the same for the same seed and others for another", () => {
    const list = (seed: string): string[] => {
      const ids = idsOf(seed);
      return [ids.uuid(), ids.awsId("vpc"), ids.numericId(), ids.iamId("AIDA")];
    };
    expect(list("a")).toEqual(list("a"));
    expect(list("a").filter((id, i) => id === list("b")[i])).toEqual([]);
  });

  test("never repeat, even where chance alone would", () => {
    // A broken stream that always says the same: only the count tells its identifiers apart.
    const stuck = { ...seededRandom(1), next: () => 0.5, int: () => 3 };
    const ids = new Ids({ ...stuck, bytes: (n) => new Uint8Array(n), uuid: () => "", fork: () => seededRandom(1) });
    const made = new Set<string>();
    for (let i = 0; i < 5000; i++)
      for (const id of [ids.uuid(), ids.hex(8), ids.numericId(), ids.base32(17)]) made.add(id);
    expect(made.size).toBe(20_000);
  });

  test("go on after a restore as they would have", () => {
    const [random, again] = [seededRandom("s"), seededRandom("s")];
    const [ids, restored] = [new Ids(random), new Ids(again)];
    ids.uuid();
    again.restore(random.save());
    restored.restore(ids.save());
    expect(restored.awsId("i")).toBe(ids.awsId("i"));
  });
});

test("names of resources", () => {
  const account: Account = {
    provider: "aws",
    instance: "aws",
    region: "us-east-1",
    accountId: "123456789012",
    projectId: "mock-project",
    subscriptionId: "00000000-0000-0000-0000-000000000000",
    resourceGroup: "mock-rg",
  };
  expect(arn(account, { service: "sqs", resource: "jobs" })).toBe("arn:aws:sqs:us-east-1:123456789012:jobs");
  expect(arn(account, { service: "s3", resource: "photos", region: "", accountId: "" })).toBe("arn:aws:s3:::photos");
  const id = azureId(account, "Microsoft.Storage", "storageAccounts", "mock", "blobServices", "default");
  expect(id).toBe(
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock-rg/providers/Microsoft.Storage/storageAccounts/mock/blobServices/default",
  );
  expect(sameAzureId(id, id.toUpperCase())).toBe(true);
  expect(gcpName(account, "topics", "t")).toBe("projects/mock-project/topics/t");
  expect(gcpSelfLink(account, "compute/v1", "zones", "z", "instances", "vm")).toBe(
    "https://www.googleapis.com/compute/v1/projects/mock-project/zones/z/instances/vm",
  );
});
