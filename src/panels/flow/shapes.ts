import type { NodeShape } from "../../../worker/emulator/core/service/resources";

/** A sign for each shape, on a 16 px grid, drawn with a 1.5 px line. */
export const SIGNS: Readonly<Record<NodeShape | "outside", string>> = {
  container: "M2.750 4.250h10.500l-1.250 9h-8zM2.750 4.250c0-1.300 10.500-1.300 10.500 0",
  queue: "M2 5.250h12v5.500H2zM5.500 5.250v5.500M9 5.250v5.500",
  topic: "M3.500 6.500v3l6.500 3V3.500zM10 6.250a2 2 0 0 1 0 3.500M5.250 10.500v2.750",
  bus: "M2 8h12M4.500 8V4M11.500 8V4M8 8v4.500",
  rule: "M2.500 3.500h11L9.500 8.500v4.250l-3 0V8.500z",
  function: "M5 13.250 8.500 6M4.500 3h1.750c1 0 1.300.6 1.700 1.600l2.800 7.200c.3.900.7 1.450 1.750 1.450",
  table: "M2.500 3h11v10h-11zM2.500 6.500h11M2.500 9.750h11M6.500 6.500V13",
  outside: "M6.500 3.500h-3.500v9.500h9.500V9.500M9 2.750h4.250V7M13 3 7.500 8.500",
};
