export { Dictionary, type WireNames } from "./dictionary";
export { errorData } from "./error-data";
export {
  HIDDEN,
  OMISSIONS,
  WIRE_FIELDS,
  type CutPayload,
  type FieldSink,
  type Omission,
  type Omitted,
  type WireFielded,
} from "./markers";
export { WireDamage, WireReader } from "./wire-reader";
export { DEFAULT_PAYLOAD_CAP, WireWriter } from "./wire-writer";
export type { WordPlace } from "./words";
