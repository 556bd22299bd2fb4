export { Dictionary, type WireNames } from "./dictionary";
export { MAX_EXACT_DEPTH, Unkeepable, type WireOptions, type WireReaderOptions } from "./exact";
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
export { MAX_WORD_LENGTH, type WordPlace } from "./words";
