import { expect, test } from "vitest";
import { parseInUtc } from "../../../worker/sandbox/program/globals/date-parse";

const at = (iso: string): number => Date.parse(iso);

// The machine's own zone is another one while these run, so that a text read as local time would be noticed.
test.each(["Asia/Tokyo", "America/St_Johns", "UTC"])("a text without a zone is UTC, also in %s", (zone) => {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    const noon = at("2026-07-14T12:00:00Z");
    for (const text of [
      ...[
        "2026-07-14T12:00",
        "2026-07-14 12:00",
        "2026-07-14T12:00:00.000",
        " 2026-07-14T12:00:00 ",
        "Jul 14, 2026 12:00",
        "14 July 2026 12:00:00",
      ],
      ...[
        "2026-07-14T12:00Z",
        "2026-07-14T14:00+02:00",
        "Tue Jul 14 2026 12:00:00 GMT+0000 (Coordinated Universal Time)",
      ],
      ...[
        "Tue, 14 Jul 2026 12:00:00 GMT",
        "Jul 14 2026 08:00 EDT",
        "14 Jul 2026 14:00 GMT+2",
        "2026-07-14 05:00 -0700",
        "7/14/2026 12:00 UTC",
      ],
    ]) {
      expect([text, parseInUtc(text)]).toEqual([text, noon]);
    }
    for (const text of ["2026-07-14", "7/14/2026", "Jul 14, 2026", "+002026-07-14"]) {
      expect([text, parseInUtc(text)]).toEqual([text, at("2026-07-14T00:00:00Z")]);
    }
    expect(parseInUtc("2026")).toBe(at("2026-01-01T00:00:00Z"));
    for (const text of ["", "soon", "2026-13-01T00:00", "Z"]) expect(parseInUtc(text)).toBeNaN();
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});
