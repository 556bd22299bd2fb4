import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CloudHistory } from "../../../src/run/cloud-history";
import { lastRecordOf } from "../../../src/run/moment";
import { MemStore } from "../../../worker/emulator/core/store/mem-store";
import type { StoreSetSnapshot } from "../../../worker/emulator/core/store/store-set";
import { tupleKey } from "../../../worker/emulator/core/store/keys";
import type { Change } from "../../../worker/emulator/core/store/journal";
import { change, Script } from "./recordings";

const OBJECTS = "aws/storage/objects";

type Contents = Record<string, Record<string, unknown>>;

interface Write {
  readonly store: "objects" | "buckets";
  readonly key: string;
  /** Undefined for a removal. */
  readonly value: number | undefined;
}

const key = fc.constantFrom("a", "b", "b/c", "\u{1f600}", "\uffee");
const write: fc.Arbitrary<Write> = fc.record({
  store: fc.constantFrom("objects" as const, "buckets" as const),
  key,
  value: fc.option(fc.nat(), { nil: undefined }),
});
const calls = fc.array(fc.array(write, { maxLength: 4 }), { maxLength: 60 });
const base = fc.dictionary(key, fc.nat(), { maxKeys: 4 });

/** The changes of calls, as a journal tells them: only what is there can be removed. And what is there before and after each call. */
function play(writes: readonly (readonly Write[])[], start: Contents) {
  const script = new Script();
  let now: Contents = structuredClone(start);
  const moments: Contents[] = [];
  const touched: { key: string; before: unknown }[] = [];
  for (const call of writes) {
    const changes: Change[] = [];
    for (const it of call) {
      const store = `aws/storage/${it.store}`;
      const name = tupleKey(it.key);
      const before = now[store]?.[name];
      if (it.value === undefined && before === undefined) continue;
      changes.push(change(it.store, [it.key], it.value === undefined ? undefined : { value: it.value }));
      touched.push({ key: `${store} ${name}`, before });
      const next = { ...now[store] };
      if (it.value === undefined) delete next[name];
      else next[name] = { value: it.value };
      now = { ...now, [store]: next };
    }
    script.call("putObject", { n: moments.length }, { changes });
    moments.push(now);
  }
  return { recording: script.end(), moments, touched };
}

function* openBase(contents: Contents): Generator<undefined, StoreSetSnapshot> {
  const stores = new Map<string, MemStore<unknown>>();
  for (const [name, entries] of Object.entries(contents)) {
    const store = new MemStore<unknown>();
    for (const [it, value] of Object.entries(entries)) store.set(it, value);
    stores.set(name, store);
    yield;
  }
  return { stores };
}

function contentsAt(history: CloudHistory, record: number): Contents {
  const found: Contents = {};
  for (const store of history.at(record).stores) {
    const entries: Record<string, unknown> = {};
    for (let i = 0; i < store.size; i++) {
      const name = store.keyAt(i) as string;
      entries[name] = store.valueOf(name);
    }
    found[store.name] = entries;
  }
  return found;
}

const withoutEmpty = (contents: Contents): Contents =>
  Object.fromEntries(Object.entries(contents).filter(([, entries]) => Object.keys(entries).length > 0));

const always = (): boolean => true;

/** True so many times. */
function patience(times: number): () => boolean {
  let asked = 0;
  return () => ++asked < times;
}

const startOf = (entries: Record<string, number>): Contents => ({
  [OBJECTS]: Object.fromEntries(Object.entries(entries).map(([name, value]) => [tupleKey(name), { value }])),
});

describe("the history of the cloud", () => {
  it("is at every moment, in whatever order they are asked for, what the changes until then make of the base", () => {
    fc.assert(
      fc.property(calls, base, fc.infiniteStream(fc.nat()), (writes, entries, picks) => {
        const start = startOf(entries);
        const { recording, moments } = play(writes, start);
        const history = new CloudHistory(recording, openBase(start));
        expect(history.follow(always)).toBe(true);
        const ordinals = recording.ordinals("call");
        for (const pick of [...picks.take(40)]) {
          if (ordinals.length === 0) break;
          const place = pick % ordinals.length;
          const record = lastRecordOf({ recording }, ordinals.at(place));
          expect(contentsAt(history, record)).toEqual(withoutEmpty(moments[place] as Contents));
        }
        expect(contentsAt(history, 0)).toEqual(withoutEmpty(start));
        expect(contentsAt(history, recording.size)).toEqual(withoutEmpty(moments.at(-1) ?? start));
      }),
    );
  });

  it("knows of every change what it replaced, and of every key which changes touched it and which one created it", () => {
    fc.assert(
      fc.property(calls, base, (writes, entries) => {
        const start = startOf(entries);
        const { recording, touched } = play(writes, start);
        const history = new CloudHistory(recording, openBase(start));
        history.follow(always);
        const ids = touched.map((_, i) => recording.ordinals("change").at(i));
        let creators: Record<string, number> = {};
        touched.forEach(({ key: name, before }, i) => {
          const id = ids[i] as number;
          expect(history.valueBefore(id)).toEqual(before);
          const removed = recording.changeAt(id).after === undefined;
          if (before === undefined) creators = { ...creators, [name]: id };
          expect(history.isRemoval(id)).toBe(removed);
          expect(history.creator(id)).toBe(removed ? 0 : (creators[name] ?? 0));
          if (removed) creators = { ...creators, [name]: 0 };
        });
        for (const name of new Set(touched.map((it) => it.key))) {
          const [store = "", at = ""] = name.split(" ");
          const expected = ids.filter((_, i) => touched[i]?.key === name).reverse();
          expect([...history.touches(store, at)]).toEqual(expected);
        }
      }),
    );
  });

  it("of thousands of changes reaches every one, from checkpoints that it thins out", () => {
    const script = new Script();
    // More than 64 checkpoints of 256 changes; 500 keys, each written again and again.
    const count = 40_000;
    for (let i = 0; i < count; i++) script.put("b", `k${(i * 7) % 500}`, i);
    const recording = script.end();
    const history = new CloudHistory(recording);
    history.follow(always);
    const ordinals = recording.ordinals("call");
    for (const place of [0, 1, 255, 256, 4095, 4096, 20_001, 20_000, 39_999, 17]) {
      const cloud = history.at(lastRecordOf({ recording }, ordinals.at(place))).store(OBJECTS);
      expect(cloud?.size).toBe(Math.min(500, place + 1));
      expect(cloud?.valueOf(tupleKey("b", `k${(place * 7) % 500}`))).toBe(place);
      if (place >= 500) expect(cloud?.valueOf(tupleKey("b", `k${((place - 499) * 7) % 500}`))).toBe(place - 499);
    }
  });

  it("is worked out in slices, and says of what it does not know yet that it does not", () => {
    const start = startOf({ old: 1 });
    const writes = Array.from({ length: 300 }, (_, i): Write[] => [{ store: "objects", key: `k${i}`, value: i }]);
    const { recording } = play(writes, start);
    const history = new CloudHistory(recording, openBase({ ...start, "aws/storage/buckets": {} }));
    const early = lastRecordOf({ recording }, recording.ordinals("call").at(9));
    expect(history.knows(0)).toBe(false);
    expect(() => history.at(0)).toThrow(RangeError);
    let slices = 0;
    while (!history.follow(patience(1), early)) slices++;
    expect(slices).toBeGreaterThan(1);
    expect(history.at(early).store(OBJECTS)?.size).toBe(11);
    expect(history.knows(recording.size)).toBe(false);
    expect(() => history.valueBefore(recording.ordinals("change").at(299))).toThrow(RangeError);
    while (!history.follow(patience(2))) slices++;
    expect(slices).toBeGreaterThan(5);
    expect(history.at(recording.size).store(OBJECTS)?.size).toBe(301);
  });

  it("goes on when its recording does, and what it showed before stays as it was", () => {
    const script = new Script().put("b", "a", 1);
    script.log.seal();
    const history = new CloudHistory(script.reader);
    history.follow(always);
    const before = history.at(script.reader.size).store(OBJECTS);
    script.put("b", "a", 2).put("b", "c", 3).end();
    history.follow(always);
    const after = history.at(script.reader.size).store(OBJECTS);
    expect([before?.size, before?.valueOf(tupleKey("b", "a"))]).toEqual([1, 1]);
    expect([after?.size, after?.valueOf(tupleKey("b", "a"))]).toEqual([2, 2]);
  });

  it("finds the keys that begin with a text by their places", () => {
    const script = new Script().put("a", "x").put("ab", "x").put("ab", "y").put("b", "x");
    const history = new CloudHistory(script.end());
    history.follow(always);
    const store = history.at(script.reader.size).store(OBJECTS);
    expect(store?.range(tupleKey("ab"))).toEqual([1, 3]);
    expect(store?.range("")).toEqual([0, 4]);
    expect(store?.range(tupleKey("none"))).toEqual([4, 4]);
  });
});

describe("the moment of a call", () => {
  it("lasts until the next call", () => {
    const script = new Script().put("b", "a").put("b", "c");
    script.log.appendConsole("log", "between", script.now);
    script.call("listObjects", {});
    script.log.appendConsole("log", "after", script.now);
    const recording = script.end();
    const [first = 0, second = 0, third = 0] = [0, 1, 2].map((it) => recording.ordinals("call").at(it));
    expect(lastRecordOf({ recording }, first)).toBe(second - 1);
    expect(recording.kindAt(lastRecordOf({ recording }, second))).toBe("console");
    expect(lastRecordOf({ recording }, third)).toBe(recording.size);
    expect(lastRecordOf({ recording }, undefined)).toBe(recording.size);
  });
});
