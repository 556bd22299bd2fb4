import type { ResourceField } from "../../../worker/emulator/core/service/resources";
import { bytes, count, moment } from "../../ui/format";
import { showShort } from "../../ui/value";

/** A value of a field as text of not much more than `max` characters. */
export function showField(value: unknown, format: ResourceField["format"], max = 2000): string {
  if (format === "bytes" && typeof value === "number")
    return value < 1024 ? bytes(value) : `${bytes(value)} (${count(value)} bytes)`;
  if (format === "moment" && (typeof value === "number" || value instanceof Date))
    return `${moment(Number(value))} UTC`;
  if (format === "number" && typeof value === "number") return count(value);
  return showShort(value, max);
}
