import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compact } from "../../../src/run/compact";
import { cloudToBytes } from "../../../src/share/cloud-bytes";
import { decodeCloudFile, encodeCloudFile } from "../../../src/share/cloud-file";
import { fileNameOf, isName, MAX_NAME_LENGTH, plainName } from "../../../src/share/cloud-name";
import { openSnapshot } from "../../../worker/emulator/run/snapshots";
import { cloud, cloudOf, contentsOf, packId, SMALL } from "./clouds";

const LINE = "tabcloud-cloud/1\n";

const asFile = (bytes: Uint8Array) => ({
  size: bytes.byteLength,
  arrayBuffer: () => Promise.resolve(new Uint8Array(bytes).buffer),
});
const decode = (bytes: Uint8Array) => decodeCloudFile(asFile(bytes), packId);

async function problemOf(bytes: Uint8Array): Promise<string> {
  const result = await decode(bytes);
  return "problem" in result ? result.problem : "opened";
}

/** A file whose packing is in order, whatever it holds. */
const fileWith = (body: Uint8Array): Uint8Array => Buffer.concat([Buffer.from(LINE), gzipSync(body)]);
const named = (name: string, rest: Uint8Array): Uint8Array =>
  fileWith(Buffer.concat([Uint8Array.of(Buffer.byteLength(name)), Buffer.from(name), rest]));

/** The bytes of a cloud with another head. */
function withHead(change: (head: Record<string, unknown>) => unknown): Uint8Array {
  const bytes = Buffer.from(cloudToBytes(SMALL));
  const length = bytes.readUInt32BE(0);
  const head = JSON.parse(bytes.subarray(4, 4 + length).toString()) as Record<string, unknown>;
  const json = Buffer.from(JSON.stringify(change(head)));
  const size = Buffer.alloc(4);
  size.writeUInt32BE(json.length);
  return Buffer.concat([size, json, bytes.subarray(4 + length)]);
}

describe("a cloud's file", () => {
  it("brings back the cloud, whatever is in it, under packs of other names", async () => {
    await fc.assert(
      fc.asyncProperty(cloud, async (it) => {
        const result = await decode(await encodeCloudFile("A cloud", it));
        if ("problem" in result) throw new Error(result.problem);
        expect(result.name).toBe("A cloud");
        expect(contentsOf(result.cloud)).toEqual(contentsOf(it));
        const { packs: mine, roots: _, ...rest } = it;
        expect(result.cloud).toMatchObject(rest);
        const ids = mine.map(({ id }) => id);
        expect(result.cloud.packs.every(({ id }) => !ids.includes(id))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("says in its first line what it is", async () => {
    expect(
      Buffer.from(await encodeCloudFile("x", SMALL))
        .toString("latin1")
        .split("\n")[0],
    ).toBe("tabcloud-cloud/1");
  });

  it("holds nothing of what was there before", async () => {
    const key = "aws/storage/objects";
    const later = cloudOf(
      { [key]: { secret: undefined } },
      cloudOf({ [key]: { secret: "hidden-before", open: "now" } }),
    );
    const bytes = gunzipSync((await encodeCloudFile("x", later)).subarray(LINE.length)).toString("latin1");
    expect(bytes).toContain("open");
    expect(bytes).not.toContain("hidden-before");
  });

  it("that was cut off anywhere brings nothing", async () => {
    const file = await encodeCloudFile("x", SMALL);
    for (let length = 0; length < file.length; length++) {
      expect(await problemOf(file.subarray(0, length)), String(length)).toMatch(/damaged|not a cloud/);
    }
  });

  it("with one bit changed brings nothing, or the very same", async () => {
    const file = await encodeCloudFile("x", SMALL);
    for (let at = 0; at < file.length; at++) {
      const bytes = Uint8Array.from(file);
      bytes[at] = (bytes[at] as number) ^ (1 << (at % 8));
      const result = await decode(bytes);
      if (!("problem" in result)) expect(contentsOf(result.cloud)).toEqual(contentsOf(SMALL));
      // Only what gzip says of itself is not covered by its checksum: time, system.
      else expect(result.problem, String(at)).toMatch(/damaged|not a cloud|newer/);
    }
    const changed = Uint8Array.from(file);
    changed[file.length - 20] = (changed[file.length - 20] as number) ^ 1;
    expect(await problemOf(changed)).toContain("damaged");
  });

  it("with another one behind it brings nothing", async () => {
    const file = await encodeCloudFile("x", SMALL);
    expect(await problemOf(Buffer.concat([file, file.subarray(LINE.length)]))).toContain("damaged");
  });

  it("of another kind is said to be one", async () => {
    for (const text of ["", "{}", "\x89PNG", "tabcloud-cloud/0\n", "tabcloud-cloud/x\n", "tabcloud"])
      expect(await problemOf(Buffer.from(text))).toBe("This is not a cloud that Tabcloud has saved to a file.");
  });

  it("of a newer version says so", async () => {
    expect(await problemOf(Buffer.from("tabcloud-cloud/2\nwhatever"))).toContain("newer version");
  });

  it("that would unpack to more than a tab holds is given up", async () => {
    const bomb = fileWith(Buffer.alloc(40 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(64 * 1024);
    expect(await decodeCloudFile(asFile(bomb), packId, 4 * 1024 * 1024)).toEqual({
      problem: expect.stringContaining("more than 4 MB") as string,
    });
  });

  it("that is too large is not even read", async () => {
    const file = { size: 65 * 1024 * 1024, arrayBuffer: () => Promise.reject(new Error("read")) };
    expect(await decodeCloudFile(file, packId)).toEqual({ problem: expect.stringContaining("too large") as string });
  });
});

describe("a cloud from a stranger", () => {
  it.each<[string, (head: Record<string, unknown>) => unknown]>([
    ["a list", () => []],
    ["nothing", () => null],
    ["an unknown field", (head) => ({ ...head, more: 1 })],
    ["no packs", ({ packs: _, ...head }) => head],
    ["a version with markup", (head) => ({ ...head, engineVersion: "<b>" })],
    ["a time that is no number", (head) => ({ ...head, at: "2026" })],
    ["a time past all starts", (head) => ({ ...head, at: Date.UTC(9500, 0) })],
    ["roots that are none", (head) => ({ ...head, roots: { "aws/storage/objects": "1" } })],
    ["a root that is not there", (head) => ({ ...head, roots: { "aws/storage/objects": 99 } })],
    ["chance that is none", (head) => ({ ...head, chance: { "aws/storage": {} } })],
    ["a size too large", (head) => ({ ...head, packs: [{ firstNode: 1, nodeCount: 4, size: 2 ** 40 }] })],
    ["a size too small", (head) => ({ ...head, packs: [{ firstNode: 1, nodeCount: 4, size: 1 }] })],
    ["a pack with an id", (head) => ({ ...head, packs: [{ ...(head.packs as object[])[0], id: "known" }] })],
    ["nodes that are not there", (head) => ({ ...head, packs: [{ ...(head.packs as object[])[0], nodeCount: 99 }] })],
  ])("is refused with %s", async (_, change) => {
    expect(
      await problemOf(
        named(
          "x",
          withHead((head) => head),
        ),
      ),
    ).toBe("opened");
    expect(await problemOf(named("x", withHead(change)))).toContain("This file is damaged");
  });

  it.each(["", "two\nlines", "right\u202eleft", "x".repeat(MAX_NAME_LENGTH + 1), " space"])(
    "is refused with the name %j",
    async (name) => {
      expect(await problemOf(named(name, cloudToBytes(SMALL)))).toContain("its name is none");
    },
  );

  it("never makes anything else happen, whatever it holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect(await problemOf(fileWith(bytes))).toContain("This file is damaged");
      }),
    );
  });
});

describe("a name", () => {
  it("can be made of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(isName(plainName(text))).toBe(true);
        expect(fileNameOf(text)).toMatch(/^[^/\\\0]+\.tabcloud-cloud$/);
      }),
    );
  });
});

describe("a compacted cloud", () => {
  it("is the same in one pack, and the same one each time", () => {
    const two = cloudOf(
      { "aws/storage/objects": { b: "new" } },
      cloudOf({ "aws/storage/objects": { a: 1, b: "old" } }),
    );
    const one = compact(two);
    expect(one.packs).toHaveLength(1);
    expect(contentsOf(one)).toEqual(contentsOf(two));
    expect(openSnapshot(one).stores.get("aws/storage/objects")?.size).toBe(2);
    expect(compact(two)).toBe(one);
    expect(compact(one)).toBe(one);
  });
});
