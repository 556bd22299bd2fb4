import { describe, expect, test } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import { programError } from "../../../worker/sandbox/program/program-error";
import { programFrames, type SourceFile } from "../../../worker/sandbox/program/stack";

const files = new Map<string, SourceFile>([
  ["program:///main.ts", { name: "main.ts", firstLineOffset: 0 }],
  ["blob:null/4a", { name: "main.ts", firstLineOffset: 0 }],
  ["program:///lib/my%20util.ts", { name: "lib/my util.ts", firstLineOffset: 100 }],
]);
const fileAt = (url: string): SourceFile | undefined => files.get(url);

describe("frames of the program's own files", () => {
  test("as Chromium and Node write them", () => {
    const stack = `TypeError: at fault (program:///main.ts:9:9)
    at Bucket.getObject (blob:null/emulator:1:5555)
    at load (program:///main.ts:3:14)
    at new Thing (program:///main.ts:4:1)
    at async Promise.all (index 0)
    at async Foo.bar [as baz] (program:///lib/my%20util.ts:1:105)
    at async program:///main.ts:7:1
    at file:///tmp/1.mjs:1:1`;
    expect(programFrames(stack.split("\n").slice(1).join("\n"), fileAt)).toEqual([
      { file: "main.ts", line: 3, column: 14, function: "load" },
      { file: "main.ts", line: 4, column: 1, function: "new Thing" },
      { file: "lib/my util.ts", line: 1, column: 5, function: "Foo.bar [as baz]" },
      { file: "main.ts", line: 7, column: 1 },
    ]);
  });

  test("as Firefox writes them", () => {
    const stack = "load@program:///main.ts:3:14\nasync*@program:///main.ts:7:1\n@blob:null/other:1:1\n";
    expect(programFrames(stack, fileAt)).toEqual([
      { file: "main.ts", line: 3, column: 14, function: "load" },
      { file: "main.ts", line: 7, column: 1 },
    ]);
  });

  test("as WebKit writes them, which knows no sourceURL", () => {
    expect(programFrames("load@blob:null/4a:3:14\nmodule code@blob:null/4a:7:1\n@[native code]", fileAt)).toEqual([
      { file: "main.ts", line: 3, column: 14, function: "load" },
      { file: "main.ts", line: 7, column: 1, function: "module code" },
    ]);
  });
});

describe("what a program threw", () => {
  test("a cloud's error keeps both codes", () => {
    const error = new CloudError("NotFound", "no such key", { provider: "aws", nativeCode: "NoSuchKey" });
    expect(programError(error, fileAt)).toMatchObject({
      name: "CloudError",
      message: "no such key",
      code: "NotFound",
      nativeCode: "NoSuchKey",
    });
  });

  test.each<[unknown, object]>([
    ["text", { name: "Thrown value", message: "'text'" }],
    [undefined, { name: "Thrown value", message: "undefined" }],
    [{ a: 1 }, { name: "Thrown value", message: "{ a: 1 }" }],
  ])("%o", (thrown, expected) => expect(programError(thrown, fileAt)).toMatchObject(expected));

  test("with getters that throw is told as far as it can be", () => {
    const trap = (): never => {
      throw new Error("trap");
    };
    const error = Object.defineProperties(new Error("x"), { stack: { value: 3 }, name: { get: trap } });
    expect(programError(error, fileAt)).toEqual({ name: "Error", message: "x", frames: [] });
  });
});
