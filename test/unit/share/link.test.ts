import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checksum } from "../../../src/share/checksum";
import { decodeLink, encodeLink, linkOf, MAX_LINK_LENGTH, readShared } from "../../../src/share/link";
import type { SharedRun } from "../../../src/share/shared-run";
import { seededRandom } from "../../../worker/emulator/core/random";
import { cloudToBytes } from "../../../src/share/cloud-bytes";
import { decodeProgramFile, encodeProgramFile } from "../../../src/share/program-file";
import { fromPayload, toPayload } from "../../../src/share/shared-run";
import { cloud, cloudOf, contentsOf, SMALL } from "./clouds";
import { RUN, sharedRun } from "./runs";

/** A link whose packing is in order, whatever it holds. */
function linkTo(content: unknown): string {
  const json = content instanceof Uint8Array ? content : Buffer.from(JSON.stringify(content));
  const body = deflateRawSync(json, { level: 9 }).toString("base64url");
  return `#v1=${body}.${checksum(body)}`;
}

async function problemOf(fragment: string): Promise<string> {
  const result = await decodeLink(fragment);
  if (result === undefined) return "no link";
  return "problem" in result ? result.problem : "opened";
}

describe("a link", () => {
  it("brings back what was shared, whatever that is", async () => {
    await fc.assert(
      fc.asyncProperty(sharedRun, async (run) => {
        expect(await decodeLink(await encodeLink(run))).toEqual({ run });
      }),
    );
  });

  it("has only characters that survive in a mail, and ends in a letter or digit", async () => {
    await fc.assert(
      fc.asyncProperty(sharedRun, async (run) => {
        expect(await encodeLink(run)).toMatch(/^#v1=[\w-]+\.[0-9a-z]+$/);
      }),
    );
  });

  it("is short for a small program", async () => {
    expect((await encodeLink(RUN)).length).toBeLessThan(400);
  });

  it("leaves default limits out, and carries raised ones", async () => {
    const raised: SharedRun = {
      ...RUN,
      settings: { ...RUN.settings, limits: { ...RUN.settings.limits, calls: 1_000_000 } },
    };
    const [plain, more] = [await encodeLink(RUN), await encodeLink(raised)];
    expect(more.length).toBeGreaterThan(plain.length);
    expect(await decodeLink(more)).toEqual({ run: raised });
  });

  it.each(["", "#", "#calls", "#v1", "#v1x=abc", "v1=abc"])("is not what %j is", async (fragment) => {
    expect(await decodeLink(fragment)).toBeUndefined();
  });

  it.each(["#v3=abc", "#v10=", "#v21={}"])("of a newer version says so: %s", async (fragment) => {
    expect(await problemOf(fragment)).toContain("newer version");
  });
});

describe("a damaged link", () => {
  it("is noticed wherever it was cut off", async () => {
    const link = await encodeLink(RUN);
    for (let length = "#v1=".length; length < link.length; length++) {
      expect(await problemOf(link.slice(0, length))).toContain("not complete");
    }
  });

  it("is noticed wherever one character was changed", async () => {
    const link = await encodeLink(RUN);
    const characters = "Ax0_-.";
    for (let at = "#v1=".length; at < link.length; at++) {
      const other = [...characters].find((it) => it !== link[at]) ?? "";
      expect(await problemOf(link.slice(0, at) + other + link.slice(at + 1))).toContain("changed on the way");
    }
  });

  it.each([".", ")", "x", "%20", "\n", "..0000001"])("is noticed with %j behind it", async (more) => {
    expect(await problemOf((await encodeLink(RUN)) + more)).toContain("damaged");
  });

  it("never opens, whatever stands in it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const body = Buffer.from(bytes).toString("base64url");
        const problem = await problemOf(`#v1=${body}.${checksum(body)}`);
        expect(problem).toContain("This link is damaged");
      }),
    );
  });

  it("is noticed when its packing is sound and its text is not", async () => {
    expect(await problemOf(linkTo(Buffer.from("{")))).toContain("cannot be unpacked");
    expect(await problemOf(linkTo(Buffer.from([0x22, 0xff, 0xfe, 0x22])))).toContain("cannot be unpacked");
    expect(await problemOf(linkTo(Buffer.from("[".repeat(500_000))))).toContain("cannot be unpacked");
  });

  it("is noticed when deflated data ends too early", async () => {
    const whole = deflateRawSync(JSON.stringify(RUN.files).repeat(20));
    for (const length of [1, 10, whole.length - 1]) {
      const body = whole.subarray(0, length).toString("base64url");
      expect(await problemOf(`#v1=${body}.${checksum(body)}`)).toContain("cannot be unpacked");
    }
  });
});

describe("a link that is too large", () => {
  it("is refused unread past 64 KB", async () => {
    const noise = Array.from({ length: 30_000 }, (_, i) => Math.imul(i, 0x9e3779b1).toString(36)).join();
    const link = await encodeLink({ ...RUN, files: { "main.ts": noise } });
    expect(link.length).toBeGreaterThan(MAX_LINK_LENGTH);
    expect(await problemOf(link)).toContain("longer than 65,536 characters");
  });

  it("is refused unread when 194 KB would unpack to 200 MB", async () => {
    const packed = deflateRawSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 });
    expect(packed.length).toBeGreaterThan(190 * 1024);
    const body = packed.toString("base64url");
    expect(await problemOf(`#v1=${body}.${checksum(body)}`)).toContain("longer than");
  });

  it("is given up after a megabyte when it fits into 64 KB and would unpack to 48 MB", async () => {
    const link = linkTo(Buffer.alloc(48 * 1024 * 1024, " "));
    expect(link.length).toBeLessThan(MAX_LINK_LENGTH);
    expect(await problemOf(link)).toContain("unpacks to more than 1 MB");
  });
});

describe("a shared file", () => {
  it("speaks of itself as a file", () => {
    expect(readShared([])).toEqual({ problem: "This file is damaged: it does not hold a program. Ask for it again." });
  });

  it("is read like a link", async () => {
    expect(await problemOf(linkTo({ files: {} }))).toContain("a program has 1 to 50 files");
  });
});

describe("a link to a run on all clouds", () => {
  it("says so, and others do not", async () => {
    expect(await decodeLink(await encodeLink({ ...RUN, lanes: true }))).toEqual({ run: { ...RUN, lanes: true } });
    expect(toPayload(RUN)).not.toHaveProperty("lanes");
    for (const lanes of [false, 1, "yes"]) {
      expect(fromPayload({ ...toPayload(RUN), lanes })).toEqual({ problem: "lanes must be true, or absent" });
    }
  });
});

describe("a link that carries a cloud", () => {
  const withBase = { ...RUN, base: SMALL };

  /** A link of the second kind whose packing is in order. */
  function link2(content: Uint8Array): string {
    const body = deflateRawSync(content, { level: 9 }).toString("base64url");
    return `#v2=${body}.${checksum(body)}`;
  }
  function packed(payload: unknown, cloud: Uint8Array): Uint8Array {
    const json = Buffer.from(JSON.stringify(payload));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(json.length);
    return Buffer.concat([length, json, cloud]);
  }

  it("brings back program and cloud, whatever they are, and so does a file", async () => {
    await fc.assert(
      fc.asyncProperty(sharedRun, cloud, async (run, base) => {
        for (const result of [
          await decodeLink(await encodeLink({ ...run, base })),
          await decodeProgramFile(await encodeProgramFile({ ...run, base })),
        ]) {
          if (result === undefined || "problem" in result) throw new Error(result?.problem);
          const { base: got, ...rest } = result.run;
          expect(rest).toEqual(run);
          expect(got && contentsOf(got)).toEqual(contentsOf(base));
          expect(got).toMatchObject({ at: base.at, chance: base.chance, engineVersion: base.engineVersion });
        }
      }),
      { numRuns: 20 },
    );
  });

  it("is one that pages before it do not take for a program without", async () => {
    expect(await encodeLink(withBase)).toMatch(/^#v2=/);
    expect(await encodeLink(RUN)).toMatch(/^#v1=/);
  });

  it("does not let its writer choose what packs are called", async () => {
    const result = await decodeLink(await encodeLink(withBase));
    if (result === undefined || "problem" in result) throw new Error(result?.problem);
    expect(result.run.base?.packs.map(({ id }) => id)).not.toEqual(SMALL.packs.map(({ id }) => id));
  });

  it("opens packed by hand", async () => {
    expect(await problemOf(link2(packed(toPayload(RUN), cloudToBytes(SMALL))))).toBe("opened");
  });

  it.each<[string, Uint8Array]>([
    ["nothing", new Uint8Array()],
    ["no cloud", packed(toPayload(RUN), new Uint8Array())],
    ["a cloud cut off", packed(toPayload(RUN), cloudToBytes(SMALL).slice(0, -1))],
    ["more behind its cloud", packed(toPayload(RUN), Buffer.concat([cloudToBytes(SMALL), Uint8Array.of(0)]))],
    ["a broken program", packed({ files: {} }, cloudToBytes(SMALL))],
    ["a length beyond its end", Uint8Array.of(255, 255, 255, 255, 1)],
  ])("is refused with %s", async (_, content) => {
    expect(await problemOf(link2(content))).toContain("This link is damaged");
  });

  it("is noticed wherever it was cut off or changed", async () => {
    const link = await encodeLink(withBase);
    for (let length = "#v2=".length; length < link.length; length++)
      expect(await problemOf(link.slice(0, length))).toContain("not complete");
    const other = link[40] === "x" ? "y" : "x";
    expect(await problemOf(link.slice(0, 40) + other + link.slice(41))).toContain("changed on the way");
  });

  it("fits as long as cloud and program are small, and says which of them is not", async () => {
    expect(await linkOf(withBase)).toEqual({ fragment: await encodeLink(withBase) });
    const large = cloudOf({ "aws/storage/objects": { a: seededRandom("noise").bytes(60_000) } });
    expect(await linkOf({ ...RUN, base: large })).toEqual({ tooLarge: "cloud" });
    const text = Array.from({ length: 30_000 }, (_, i) => Math.imul(i, 0x9e3779b1).toString(36)).join();
    expect(await linkOf({ ...withBase, files: { "main.ts": text } })).toEqual({ tooLarge: "program" });
    // Small when packed, and more than the reader's page would unpack.
    const zeros = cloudOf({ "aws/storage/objects": { a: new Uint8Array(17 * 1024 * 1024) } });
    expect((await encodeLink({ ...RUN, base: zeros })).length).toBeLessThan(MAX_LINK_LENGTH);
    expect(await linkOf({ ...RUN, base: zeros })).toEqual({ tooLarge: "cloud" });
  });

  it("is given up when it would unpack to more", async () => {
    expect(await problemOf(link2(Buffer.alloc(17 * 1024 * 1024)))).toContain("unpacks to more than 16 MB");
  });
});

describe("a program's file", () => {
  it.each<[string, unknown]>([
    ["no text", 1],
    ["no base64url", "a b"],
    ["no packing", "abcd"],
    ["an empty text", ""],
  ])("is refused with a cloud that is %s", async (_, base) => {
    expect(await decodeProgramFile(JSON.stringify({ ...toPayload(RUN), base }))).toEqual({
      problem: expect.stringContaining("This file is damaged") as string,
    });
  });
});
