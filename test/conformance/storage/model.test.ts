import fc from "fast-check";
import { expect, it } from "vitest";
import { forEachCloud } from "../harness";
import { NAME, open, text } from "./fixture";

/** Few letters, so that keys collide, nest and share prefixes; one of them sorts differently by UTF-16 unit than by byte. */
const LETTERS = ["a", "b", "/", "\uffee", "\u{1f600}"];
const key = fc.array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 4 }).map((letters) => letters.join(""));
const part = fc.array(fc.constantFrom(...LETTERS), { maxLength: 2 }).map((letters) => letters.join(""));

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** What a listing must give: items and rolled-up prefixes as one ordered list. */
function expected(keys: Iterable<string>, prefix: string, delimiter: string): string[] {
  const entries = new Set<string>();
  for (const name of keys) {
    if (!name.startsWith(prefix)) continue;
    const cut = delimiter === "" ? -1 : name.indexOf(delimiter, prefix.length);
    entries.add(cut < 0 ? `item ${name}` : `prefix ${name.slice(0, cut + delimiter.length)}`);
  }
  const nameOf = (entry: string): string => entry.slice(entry.indexOf(" ") + 1);
  return [...entries].sort((a, b) => byBytes(nameOf(a), nameOf(b)));
}

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant("put" as const), key, data: fc.string({ maxLength: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("delete" as const), key }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("list" as const),
      prefix: part,
      delimiter: fc.constantFrom("", "/", "a", "b/"),
      limit: fc.integer({ min: 1, max: 5 }),
    }),
  },
);

forEachCloud((cloud) => {
  it("behaves like a map of keys, whatever happens, versioned or not", async () => {
    const run = fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, versioning) => {
      const { driver } = await open(cloud, { versioning });
      const model = new Map<string, string>();
      for (const each of steps) {
        if (each.type === "put") {
          model.set(each.key, each.data);
          await driver.putObject(NAME, each.key, each.data);
        } else if (each.type === "delete") {
          const { deleted } = await driver.deleteObject(NAME, each.key).catch(() => ({ deleted: false }));
          expect(deleted).toBe(model.delete(each.key));
        } else {
          const { prefix, delimiter, limit } = each;
          const seen: string[] = [];
          let pageToken: string | undefined;
          do {
            const page = await driver.listObjects(NAME, {
              prefix,
              delimiter,
              limit,
              ...(pageToken !== undefined && { pageToken }),
            });
            const entries = [
              ...page.items.map((item) => `item ${item.key}`),
              ...page.commonPrefixes.map((name) => `prefix ${name}`),
            ];
            expect(entries.length).toBeLessThanOrEqual(limit);
            expect(entries.length).toBeGreaterThan(model.size === 0 || pageToken === undefined ? -1 : 0);
            seen.push(...entries);
            pageToken = page.nextPageToken;
          } while (pageToken !== undefined);
          expect([...seen].sort()).toEqual(expected(model.keys(), prefix, delimiter).sort());
        }
      }
      const { items } = await driver.listObjects(NAME);
      expect(items.map((item) => item.key)).toEqual([...model.keys()].sort(byBytes));
      for (const [name, data] of model) expect(text((await driver.getObject(NAME, name)).data)).toBe(data);
    });
    await fc.assert(run, { numRuns: 60, seed: 7 });
  });

  it("pages in order neither skip nor repeat what stays, while others come and go", async () => {
    const change = fc.record({ key, put: fc.boolean() });
    const run = fc.asyncProperty(
      fc.uniqueArray(key, { maxLength: 20 }),
      fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 10 }),
      fc.constantFrom("", "/"),
      fc.integer({ min: 1, max: 4 }),
      async (first, changes, delimiter, limit) => {
        const { driver } = await open(cloud);
        const touched = new Set(changes.flat().map((each) => each.key));
        for (const name of first) await driver.putObject(NAME, name, "");
        const seen: string[] = [];
        let pageToken: string | undefined;
        for (let turn = 0; ; turn++) {
          const page = await driver.listObjects(NAME, {
            delimiter,
            limit,
            ...(pageToken !== undefined && { pageToken }),
          });
          seen.push(...[...page.items.map((item) => item.key), ...page.commonPrefixes].sort(byBytes));
          pageToken = page.nextPageToken;
          if (pageToken === undefined) break;
          for (const each of changes[turn] ?? []) {
            if (each.put) await driver.putObject(NAME, each.key, "");
            else await driver.deleteObject(NAME, each.key).catch(() => undefined);
          }
        }
        expect(seen).toEqual([...new Set(seen)].sort(byBytes));
        for (const name of first.filter((each) => !touched.has(each))) {
          const cut = delimiter === "" ? -1 : name.indexOf(delimiter);
          expect(seen).toContain(cut < 0 ? name : name.slice(0, cut + 1));
        }
      },
    );
    await fc.assert(run, { numRuns: 100, seed: 11 });
  });

  it("the books are right: what is stored is what all versions and open parts add up to", async () => {
    // Two keys, so that each gathers a history.
    const key = fc.constantFrom("k", "l");
    const act = fc.oneof(
      fc.record({ type: fc.constant("put" as const), key, data: fc.string({ maxLength: 5 }) }),
      fc.record({ type: fc.constant("delete" as const), key }),
      fc.record({ type: fc.constant("remove" as const), nth: fc.nat(20) }),
      fc.record({ type: fc.constant("versioning" as const), on: fc.boolean() }),
      fc.record({
        type: fc.constant("upload" as const),
        key,
        data: fc.string({ maxLength: 5 }),
        end: fc.constantFrom("complete", "abort", "open"),
      }),
    );
    const most = 400;
    const run = fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 60 }), async (acts) => {
      const { driver } = await open(cloud, { dialect: { maxStoredBytes: most } });
      for (const each of acts) {
        const versions = (await driver.listObjectVersions(NAME)).items;
        const tried = async (): Promise<unknown> => {
          if (each.type === "put") return driver.putObject(NAME, each.key, each.data);
          if (each.type === "delete") return driver.deleteObject(NAME, each.key);
          if (each.type === "versioning") return driver.setBucketVersioning(NAME, each.on);
          if (each.type === "remove") {
            const version = versions[each.nth];
            return version && driver.deleteObject(NAME, version.key, { versionId: version.versionId as string });
          }
          const { uploadId } = await driver.createMultipartUpload(NAME, each.key);
          const uploaded = await driver.uploadPart(NAME, each.key, uploadId, { partNumber: 1, data: each.data });
          if (each.end === "complete") return driver.completeMultipartUpload(NAME, each.key, uploadId, [uploaded]);
          return each.end === "abort" ? driver.abortMultipartUpload(NAME, each.key, uploadId) : undefined;
        };
        await tried().catch((error: unknown) => expect(error).toMatchObject({ name: "CloudError" }));
      }
      let held = 0;
      for (const { size } of (await driver.listObjectVersions(NAME)).items) held += size;
      for (const { key: name, uploadId } of (await driver.listMultipartUploads(NAME)).items) {
        for (const { size } of (await driver.listParts(NAME, name, uploadId)).items) held += size;
      }
      // Exactly the rest fits, and not a byte more.
      await driver.createBucket("rest");
      await expect(driver.putObject("rest", "k", new Uint8Array(most - held + 1))).rejects.toMatchObject({
        code: "ResourceExhausted",
      });
      await driver.putObject("rest", "k", new Uint8Array(most - held));

      // Each key has at most one latest version, which is what a read finds.
      const latest = (await driver.listObjectVersions(NAME)).items.filter(
        (item) => item.isLatest && !item.deleteMarker,
      );
      expect(latest.map((item) => item.key)).toEqual((await driver.listObjects(NAME)).items.map((item) => item.key));
    });
    await fc.assert(run, { numRuns: 100, seed: 3 });
  });
});
