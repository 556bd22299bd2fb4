import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences } from "../../../src/panels/calls/difference";
import { CallFilter, NO_QUERY, type CallQuery } from "../../../src/panels/calls/filter";
import { summarize } from "../../../src/panels/calls/summary";
import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import { Script } from "./recordings";

const always = (): boolean => true;

function find(recording: RecordReader, query: Partial<CallQuery>): string[] {
  const filter = new CallFilter(recording, { ...NO_QUERY, ...query });
  filter.scan(always);
  expect(filter.done).toBe(true);
  return Array.from({ length: filter.length }, (_, i) => {
    const call = recording.callAt(filter.at(i));
    return `${call.operation} ${String((call.input as { key?: string }).key)}`;
  });
}

const recording = new Script()
  .call("createBucket", { name: "photos" })
  .put("photos", "Cat.txt")
  .put("photos", "dog.txt")
  .fail("getObject", "bird.txt")
  .call("putObject", { bucket: "photos", key: "fish.txt" }, { provider: "gcp" })
  .end();

describe("the filter of calls", () => {
  it("leaves everything when nothing is asked", () => {
    expect(find(recording, {})).toHaveLength(5);
  });

  it("finds text in what a call was given, whatever the case", () => {
    expect(find(recording, { text: "cat" })).toEqual(["putObject Cat.txt"]);
  });

  it("finds operations, codes, native codes and messages", () => {
    expect(find(recording, { text: "createb" })).toEqual(["createBucket undefined"]);
    for (const text of ["notfound", "nosuchkey", 'there is no "bird']) {
      expect(find(recording, { text })).toEqual(["getObject bird.txt"]);
    }
  });

  it("joins its conditions", () => {
    expect(find(recording, { errorsOnly: true })).toEqual(["getObject bird.txt"]);
    expect(find(recording, { operation: "storage.putObject", text: "dog" })).toEqual(["putObject dog.txt"]);
    expect(find(recording, { provider: "gcp" })).toEqual(["putObject fish.txt"]);
    expect(find(recording, { provider: "gcp", errorsOnly: true })).toEqual([]);
  });

  it("stops when its time is over, goes on later, and takes in what came meanwhile", () => {
    const script = new Script();
    for (let i = 0; i < 200; i++) script.put("photos", i % 2 === 0 ? "even" : "odd");
    const growing = script.end();
    const filter = new CallFilter(growing, { ...NO_QUERY, text: "even" });
    filter.scan(() => false);
    expect(filter.done).toBe(false);
    expect(filter.length).toBeLessThan(100);
    filter.scan(always);
    expect(filter.length).toBe(100);
    script.put("photos", "even more").end();
    expect(filter.done).toBe(false);
    filter.scan(always);
    expect(filter.length).toBe(101);
  });

  it("knows the place of a call among those found", () => {
    const filter = new CallFilter(recording, { ...NO_QUERY, operation: "storage.putObject" });
    filter.scan(always);
    const all = new CallFilter(recording, NO_QUERY);
    expect([0, 1, 2].map((i) => filter.indexOf(filter.at(i)))).toEqual([0, 1, 2]);
    expect(filter.indexOf(all.at(0))).toBe(-1);
    expect(all.indexOf(all.at(3))).toBe(3);
    // A record that is no call: what the second call changed.
    expect(all.indexOf(all.at(1) + 1)).toBe(-1);
  });
});

describe("the summary of an input", () => {
  it("is its first few values, short", () => {
    expect(
      summarize({ bucket: "photos", data: new TextEncoder().encode("meow"), tags: { a: 1 }, list: [1, 2] }),
    ).toEqual([
      { name: "bucket", value: "photos" },
      { name: "data", value: '<4 bytes: "meow">' },
      { name: "tags", value: "{a: 1}" },
      { name: "list", value: "[2]" },
    ]);
    expect(summarize({ key: "k".repeat(100) })[0]?.value).toHaveLength(49);
    expect(summarize(undefined)).toEqual([]);
  });
});

describe("what a change touched", () => {
  it("is told field by field, also of what came and went", () => {
    expect(differences({ a: 1, b: { c: 2, d: 3 } }, { a: 1, b: { c: 4, d: 3 }, e: [1] })).toEqual([
      { path: "b.c", before: 2, after: 4 },
      { path: "e", before: undefined, after: [1] },
    ]);
    expect(differences(undefined, { a: 1 })).toEqual([{ path: "a", before: undefined, after: 1 }]);
    expect(differences({ a: 1 }, undefined)).toEqual([{ path: "a", before: 1, after: undefined }]);
    expect(differences(undefined, {})).toEqual([{ path: "", before: undefined, after: {} }]);
    expect(differences("a", "b")).toEqual([{ path: "", before: "a", after: "b" }]);
  });

  it("compares dates and bytes by value", () => {
    const value = (): unknown => ({ at: new Date(5), bytes: new Uint8Array([1, 2]), list: [{ a: NaN }] });
    expect(differences(value(), value())).toEqual([]);
    expect(differences({ at: new Date(5) }, { at: new Date(6) })).toHaveLength(1);
    expect(differences({ b: new Uint8Array([1]) }, { b: new Uint8Array([2]) })).toHaveLength(1);
  });

  it("is nothing for a value and its copy, and names each field that was set", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.jsonValue()), (value) => {
        expect(differences(value, structuredClone(value))).toEqual([]);
        expect(differences(value, { ...value, added: "new" })).toEqual([
          { path: "added", before: value.added, after: "new" },
        ]);
      }),
    );
  });
});
