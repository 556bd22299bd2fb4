import { describe, expect, test } from "vitest";
import { linesOf, playHere, playJson } from "../../fixtures/play";

/** What a program prints, a line each; it has to complete. */
async function printed(
  program: string,
  args: readonly string[] = [],
  env?: Readonly<Record<string, string>>,
): Promise<string[]> {
  const all = ["--start", "2026-07-14T12:00:00Z", ...args];
  const report = await (env ? playJson(program, all, env) : playHere(program, all));
  expect(report.error).toBeUndefined();
  return linesOf(report);
}

/** Answers each expression's value, as the console shows it. */
async function valuesOf(expressions: readonly string[], env?: Readonly<Record<string, string>>): Promise<string[]> {
  return printed(
    expressions
      .map((it) => `console.log(await (async () => { try { return ${it}; } catch (e) { return e; } })());`)
      .join("\n"),
    [],
    env,
  );
}

const expectValues = async (
  expected: Readonly<Record<string, string>>,
  env?: Readonly<Record<string, string>>,
): Promise<void> => {
  const values = await valuesOf(Object.keys(expected), env);
  expect(Object.fromEntries(Object.keys(expected).map((key, index) => [key, values[index]]))).toEqual(expected);
};

const elsewhere = { TZ: "Asia/Tokyo", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" };

describe("dates", () => {
  test("tell the run's moment, in UTC and English, wherever the machine stands", async () => {
    await expectValues(
      {
        "new Date()": "2026-07-14T12:00:00.000Z",
        "Date()": "Tue Jul 14 2026 12:00:00 GMT+0000 (Coordinated Universal Time)",
        "Date.now() === +new Date()": "true",
        "new Date(2026, 0, 31, 23, 59, 59, 999)": "2026-01-31T23:59:59.999Z",
        "new Date(99, 1)": "1999-02-01T00:00:00.000Z",
        "new Date('2026-07-14T10:00')": "2026-07-14T10:00:00.000Z",
        "new Date({ [Symbol.toPrimitive]: () => '2026-07-14T10:00' })": "2026-07-14T10:00:00.000Z",
        "new Date({ valueOf: () => 5 })": "1970-01-01T00:00:00.005Z",
        "new Date(new Date(7))": "1970-01-01T00:00:00.007Z",
        "new Date(NaN)": "Invalid Date",
        "[new Date(NaN).getTimezoneOffset(), String(new Date(NaN)), new Date(NaN).toDateString()]":
          "[ NaN, 'Invalid Date', 'Invalid Date' ]",
        "[new Date().getHours(), new Date().getDay(), new Date().getTimezoneOffset(), new Date().getYear()]":
          "[ 12, 2, 0, 126 ]",
        "((d) => (d.setMonth(12, 1), d.setHours(25), d))(new Date(0))": "1971-01-02T01:00:00.000Z",
        "((d) => (d.setYear(95), d))(new Date(0))": "1995-01-01T00:00:00.000Z",
        "new Date(-1e14).toString()": "Thu Feb 15 -1199 14:13:20 GMT+0000 (Coordinated Universal Time)",
        "`${new Date(0)}`": "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)",
        "new Date(0).toLocaleDateString()": "1/1/1970",
        "new Date(0).toLocaleDateString('de')": "1.1.1970",
        "new Date(0).toLocaleDateString([])": "1/1/1970",
        "new Date(0).toLocaleTimeString('en-GB')": "00:00:00",
        "new Date(0).toLocaleTimeString('en-GB', { timeZone: 'Asia/Tokyo' })": "09:00:00",
        "Object.prototype.toString.call(new Date())": "[object Date]",
        "class extends Date { x = 1 } && new (class D extends Date { x = 1 })(5) instanceof Date": "true",
        "[Date.name, Date.length, Date.prototype.getHours.name, new Date().constructor === Date]":
          "[ 'Date', 7, 'getHours', true ]",
        "structuredClone(new Date(3)) instanceof Date": "true",
        "Date.prototype.getHours.call({})": "TypeError: this is not a Date object.",
        "typeof Temporal": "undefined",
      },
      elsewhere,
    );
  });

  test("Intl follows", async () => {
    await expectValues(
      {
        "new Intl.DateTimeFormat().resolvedOptions().timeZone": "UTC",
        "new Intl.DateTimeFormat().resolvedOptions().locale": "en-US",
        "Intl.DateTimeFormat().format()": "7/14/2026",
        "new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).formatToParts().length": "3",
        "((f) => f.format === f.format)(new Intl.DateTimeFormat())": "true",
        "new Intl.DateTimeFormat() instanceof Intl.DateTimeFormat": "true",
        "Intl.DateTimeFormat.supportedLocalesOf('de')": "[ 'de' ]",
        "new Intl.NumberFormat('xx-unknown').resolvedOptions().locale": "en-US",
        "(1234.5).toLocaleString()": "1,234.5",
        "(1234.5).toLocaleString('de')": "1.234,5",
        "1234n.toLocaleString()": "1,234",
        "[1234.5, new Date(0)].toLocaleString('en-GB').startsWith('1,234.5,01/01/1970')": "true",
        "['ö', 'z', 'a'].sort((a, b) => a.localeCompare(b)).join()": "a,ö,z",
        "['ö', 'z', 'a'].sort((a, b) => a.localeCompare(b, 'sv')).join()": "a,z,ö",
        "'I'.toLocaleLowerCase()": "i",
        "'I'.toLocaleLowerCase('tr')": "ı",
        "Intl.Collator().resolvedOptions().locale": "en-US",
        "new Intl.ListFormat().format(['a', 'b'])": "a and b",
        "Intl.ListFormat()": "TypeError: Constructor Intl.ListFormat requires 'new'",
      },
      { ...elsewhere, LANG: "sv_SE.UTF-8", LC_ALL: "sv_SE.UTF-8" },
    );
  });
});

describe("time", () => {
  test("moves by waiting only, and at once", async () => {
    const lines = await printed(`
      const at = () => [new Date().toISOString(), performance.now()];
      const year = 365 * 86_400_000;
      console.log(...at());
      await new Promise((done) => setTimeout(done, year));
      console.log(...at());
      const before = Date.now(); for (let i = 0; i < 1e6; i++); console.log(Date.now() - before, performance.timeOrigin);
    `);
    expect(lines).toEqual(["2026-07-14T12:00:00.000Z 0", "2027-07-14T12:00:00.000Z 31536000000", "0 1784030400000"]);
  });

  test("timers: order, arguments, clearing, intervals, odd delays", async () => {
    const lines = await printed(`
      const log = [];
      const at = (name, ...args) => log.push(name + "@" + performance.now() + args.join(""));
      setTimeout(at, 10, "b", 1, 2); setTimeout(at, 10, "c"); setTimeout(at, 5, "a");
      setTimeout(at, -5, "negative"); setTimeout(at, NaN, "nan"); setTimeout(at, "7", "text"); setTimeout(at, 1.9, "fraction"); setTimeout(at, undefined, "none");
      clearTimeout(setTimeout(at, 1, "cleared")); clearTimeout(99999); clearTimeout(undefined);
      let n = 0; const interval = setInterval(() => { at("i"); if (++n === 3) clearInterval(interval); }, 4);
      const zero = setInterval(() => { at("z"); clearTimeout(zero); });
      queueMicrotask(() => at("microtask"));
      Promise.resolve().then(() => at("promise"));
      setTimeout(() => console.log(log.join(" ")), 20);
      console.log(typeof zero);
      try { setTimeout("alert(1)"); } catch (e) { console.log(e); }
      try { queueMicrotask(1); } catch (e) { console.log(e); }
    `);
    expect(lines).toEqual([
      "number",
      "TypeError: setTimeout: the first argument has to be a function.",
      "TypeError: queueMicrotask: the first argument has to be a function.",
      "microtask@0 promise@0 negative@0 nan@0 none@0 fraction@1 z@1 i@4 a@5 text@7 i@8 b@1012 c@10 i@12",
    ]);
  });

  test("AbortSignal.timeout, events and performance entries are on the run's clock", async () => {
    const lines = await printed(`
      const signal = AbortSignal.timeout(3_600_000);
      signal.onabort = (event) => console.log(performance.now(), event.timeStamp, signal.reason);
      await new Promise((done) => setTimeout(done, 4_000_000));
      performance.mark("a"); await new Promise((done) => setTimeout(done, 250)); performance.mark("b");
      const measure = performance.measure("ab", "a", "b");
      console.log(measure.startTime, measure.duration, performance.getEntries().map((it) => it.name));
      performance.clearMarks("a"); console.log(performance.getEntriesByType("mark").length, performance.getEntriesByName("ab").length);
      console.log(performance.measure("late", { start: 4_000_000, duration: 5 }).duration);
      try { performance.measure("x", "none"); } catch (e) { console.log(e); }
    `);
    expect(lines).toEqual([
      "3600000 3600000 TimeoutError: The operation timed out.",
      "4000000 250 [ 'a', 'ab', 'b' ]",
      "1 1",
      "5",
      'SyntaxError: There is no mark named "none".',
    ]);
  });
});

describe("chance", () => {
  const program = `
    console.log(Math.random(), Math.random(), crypto.randomUUID(), crypto.getRandomValues(new Uint8Array(4)));
    const view = new Uint16Array(new ArrayBuffer(16), 4, 2); console.log(crypto.getRandomValues(view) === view, [...new Uint16Array(view.buffer)].filter(Boolean).length);
    for (const wrong of [new Float32Array(1), [1], new Uint8Array(65537)]) try { crypto.getRandomValues(wrong); } catch (e) { console.log(e.name); }`;

  test("comes from the seed", async () => {
    const first = await printed(program);
    expect(await printed(program)).toEqual(first);
    expect((await printed(program, ["--seed", "other"]))[0]).not.toBe(first[0]);
    expect(first[0]).toMatch(
      /^0\.\d+ 0\.\d+ [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12} Uint8Array/,
    );
    expect(first.slice(1)).toEqual(["true 2", "TypeMismatchError", "TypeMismatchError", "QuotaExceededError"]);
  });

  test("crypto.subtle hashes and signs as everywhere, and says what it does not do", async () => {
    const hex = "((b) => [...new Uint8Array(b)].map((x) => x.toString(16).padStart(2, '0')).join(''))";
    const abc = "new TextEncoder().encode('abc')";
    const key =
      "crypto.subtle.importKey('raw', new TextEncoder().encode('key'), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])";
    await expectValues({
      [`${hex}(await crypto.subtle.digest('SHA-1', ${abc}))`]: "a9993e364706816aba3e25717850c26c9cd0d89d",
      [`${hex}(await crypto.subtle.digest({ name: 'sha-256' }, ${abc}.buffer))`]:
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      [`${hex}(await crypto.subtle.digest('SHA-512', ${abc})).slice(0, 16)`]: "ddaf35a193617aba",
      [`${hex}(await crypto.subtle.sign('HMAC', await ${key}, ${abc}))`]:
        "9c196e32dc0175f86f4b1cb89289d6619de6bee699e4c378e68309ed97a1a6ab",
      [`crypto.subtle.verify('HMAC', await ${key}, await crypto.subtle.sign('HMAC', await ${key}, ${abc}), ${abc})`]:
        "true",
      [`crypto.subtle.verify('HMAC', await ${key}, new Uint8Array(32), ${abc})`]: "false",
      "(await crypto.subtle.encrypt('AES-GCM').catch((e) => e)).name": "NotSupportedError",
      "(await crypto.subtle.digest('MD5', new Uint8Array()).catch((e) => e)).message.includes('MD5')": "true",
    });
  });
});

describe("everything else", () => {
  test("what would leave the realm, or take real time, is gone", async () => {
    const gone = [
      ...[
        "process",
        "require",
        "module",
        "global",
        "Buffer",
        "setImmediate",
        "fetch",
        "WebSocket",
        "XMLHttpRequest",
        "Worker",
        "MessageChannel",
        "BroadcastChannel",
      ],
      ...[
        "postMessage",
        "close",
        "self",
        "window",
        "navigator",
        "location",
        "indexedDB",
        "caches",
        "importScripts",
        "eval",
        "WebAssembly",
        "SharedArrayBuffer",
      ],
      ...[
        "Atomics",
        "FinalizationRegistry",
        "CompressionStream",
        "ReadableStream",
        "Response",
        "scheduler",
        "Temporal",
        "addEventListener",
        "reportError",
      ],
    ];
    const [types, left] = await printed(`
      console.log(${gone.map((name) => `typeof ${name}`).join(", ")});
      const found = []; for (let o = globalThis; o && o !== Object.prototype; o = Object.getPrototypeOf(o)) found.push(...Reflect.ownKeys(o).map(String));
      console.log(found.filter((name) => /fetch|process|worker|message|port|stream|storage|navig|import/i.test(name)).join());`);
    expect(new Set(types?.split(" "))).toEqual(new Set(["undefined"]));
    expect(left).toBe("");
  });

  test("code cannot be made from text", async () => {
    const values = await valuesOf([
      "new Function('return 1')()",
      "(() => {}).constructor('return 1')()",
      "(async () => {}).constructor('return 1')()",
      "URL.createObjectURL",
    ]);
    expect(values.slice(0, 3)).toEqual(
      Array(3).fill("EvalError: Code generation from strings disallowed for this context"),
    );
    expect(values[3]).toBe("undefined");
  });

  test("weak references last, blobs are read with time held", async () => {
    const lines = await printed(`
      const ref = new WeakRef({ a: 1 });
      const order = [];
      const timer = new Promise((done) => setTimeout(() => done(order.push("timer " + performance.now())), 1));
      const blob = new Blob(["\\ufeffabc", new Uint8Array([100])]);
      await Promise.all([timer, blob.text().then((it) => order.push(it)), blob.slice(3, 5).arrayBuffer().then((it) => order.push(it.byteLength)), blob.bytes().then((it) => order.push(it.length))]);
      console.log(order.join(), ref.deref(), typeof blob.stream);`);
    expect(lines).toEqual(["abcd,2,7,timer 1 { a: 1 } undefined"]);
  });

  test("the console: levels, groups, counts, times, tables, assertions", async () => {
    const report = await playHere(`
      console.log("a %s", 1); console.info("i"); console.warn("w"); console.error("e"); console.debug("d");
      console.group("outer"); console.log("x\\ny"); console.group(); console.log("deep"); console.groupEnd(); console.groupEnd(); console.groupEnd();
      console.count(); console.count("n"); console.count(); console.countReset(); console.count();
      console.time("t"); await new Promise((done) => setTimeout(done, 1500)); console.timeLog("t", "so far"); console.timeEnd("t"); console.timeEnd("t");
      console.assert(true, "no"); console.assert(false, "yes %d", 1); console.assert(false); console.trace("here"); console.dir({ a: { b: 1 } }); console.table([1]); console.clear();
      console.log("x".repeat(200_000).length, "y".repeat(200_000));
    `);
    const lines = report.console.map(({ level, text }) => `${level}: ${text}`);
    expect(lines.slice(0, 21)).toEqual([
      ...["log: a 1", "info: i", "warn: w", "error: e", "debug: d", "log: outer", "log:   x\n  y", "log:     deep"],
      ...[
        "log: default: 1",
        "log: n: 1",
        "log: default: 2",
        "log: default: 1",
        "log: t: 1500 ms so far",
        "log: t: 1500 ms",
      ],
      ...[
        'warn: There is no timer "t".',
        "error: Assertion failed: yes 1",
        "error: Assertion failed",
        "log: Trace: here",
        "log: { a: { b: 1 } }",
      ],
      "log: ┌─────────┬────────┐\n│ (index) │ Values │\n├─────────┼────────┤\n│ 0       │ 1      │\n└─────────┴────────┘",
      expect.stringMatching(/^log: 200000 y+\.\.\. \(\d+ more\)$/),
    ]);
  });
});
