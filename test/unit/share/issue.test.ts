import { describe, expect, it } from "vitest";
import { type IssueFacts, issueText } from "../../../src/share/issue";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { RunEnd } from "../../../worker/protocol";

const END: RunEnd = {
  reason: "failed",
  message: "",
  error: {
    name: "CloudError",
    message: "There is no `key` | here.",
    code: "NotFound",
    nativeCode: "NoSuchKey",
    frames: [{ file: "main.ts", line: 3, column: 7, function: "read" }],
  },
  digest: "abc123",
  records: 9,
  calls: 4,
  virtualMs: 0,
  wallMs: 12,
};

const facts = (more: Partial<IssueFacts> = {}): IssueFacts => ({
  title: "My [program]",
  link: "https://here.test/#v1=x",
  engineVersion: "0.1.0",
  settings: DEFAULT_SETTINGS,
  end: END,
  problem: undefined,
  comparison: undefined,
  differingCall: undefined,
  failedChecks: [],
  ...more,
});

describe("a run as an issue", () => {
  it("says all that makes it come out the same elsewhere", () => {
    const text = issueText(facts({ failedChecks: ["two `objects`"] }));
    for (const part of [
      "| Program | [My  program][program] |",
      "\n[program]: https://here.test/#v1=x\n",
      "| Ended | `failed` |",
      "| Cloud | AWS |",
      "| Seed | `tabcloud` |",
      "| Calls | 4 |",
      "| Digest | `abc123` |",
      "| Engine | Tabcloud 0.1.0 |",
      "```\nCloudError: There is no `key` | here. (NotFound, NoSuchKey)\n    at read main.ts:3:7\n```",
      "- `` two `objects` ``",
    ])
      expect(text).toContain(part);
    expect(text).not.toContain("First differing call");
  });

  it("tells of a program that is too long for a link, did not compile, or has no digest", () => {
    expect(issueText(facts({ link: undefined }))).toContain("attached as a file");
    const problem = { file: "main.ts", line: 2, message: "Unexpected token" };
    const uncompiled = issueText(facts({ end: undefined, problem }));
    expect(uncompiled).toContain("| Ended | `does not compile` |");
    expect(uncompiled).toContain("main.ts:2: Unexpected token");
    const { digest: _, error: __, ...stopped } = END;
    expect(issueText(facts({ end: { ...stopped, reason: "stopped", message: "Stopped." } }))).toContain(
      "| Digest | none: the end depends on real time |",
    );
  });

  it("names the first call that differs from the link's", () => {
    const comparison = {
      kind: "differs",
      message: "Call 3 is the first that differs.",
      firstCall: 3,
      lastCall: 3,
    } as const;
    const text = issueText(facts({ comparison, differingCall: "3: storage.putObject -> OK" }));
    expect(text).toContain("| Link's recording | Call 3 is the first that differs. |");
    expect(text).toContain("| First differing call | `3: storage.putObject -> OK` |");
  });

  it("lets no text out of its place", () => {
    const text = issueText(facts({ title: "](evil) | x\n# y", settings: { ...DEFAULT_SETTINGS, seed: "a`|b" } }));
    expect(text).toContain("| Program | [(evil)   x   y][program]");
    expect(text).toContain("| Seed | ``a`\\|b`` |");
    const error = { name: "Error", message: "```\n# no heading", frames: [] };
    expect(issueText(facts({ end: { ...END, error } }))).toContain("````\nError: ```\n# no heading\n````");
  });
});
