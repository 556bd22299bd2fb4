import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS, settingsProblem } from "../../../worker/emulator/run/settings";

describe("settings from outside", () => {
  it("are good as they are by default", () => {
    expect(settingsProblem(DEFAULT_SETTINGS)).toBeUndefined();
    expect(settingsProblem({ ...DEFAULT_SETTINGS, start: "2028-02-29T23:59:59Z" })).toBeUndefined();
  });

  it.each([
    ["start", "2026-02-30T00:00:00.000Z"],
    ["start", "2026-01-01"],
    ["start", "1969-12-31T23:59:59Z"],
    ["start", "2026-01-01T24:00:00Z"],
    ["seed", ""],
    ["cloud", "ibm"],
    ["latencyMs", -1],
    ["latencyMs", 1.5],
    ["limits", { ...DEFAULT_SETTINGS.limits, calls: 0 }],
  ])("are refused for %s %j", (field, value) => {
    expect(settingsProblem({ ...DEFAULT_SETTINGS, [field]: value })).toContain(field);
  });
});
