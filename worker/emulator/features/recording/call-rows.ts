import { CODE_FACTS, type ErrorCode } from "../../core/error-codes";
import { CloudError, type CloudErrorJson } from "../../core/errors";
import type { Hop } from "../../core/flow/contract";
import type { Call } from "../../core/service/call";
import type { WireReader, WireWriter } from "../../core/wire";
import { errorData } from "../../core/wire/error-data";

/*
 * What the row of a call says beyond its columns: a byte of flags, the hop if it is one, the input, then what else the flags announce. The hop comes first so that
 * a drawing of flows need not read inputs.
 */

const HAS_OUTPUT = 1;
const HAS_ERROR = 2;
const HAS_PRINCIPAL = 4;
const HAS_HOP = 8;
/** In UTF-16 code units. */
const MAX_PRINCIPAL = 512;

/** The parts of a call that stand in its row's bytes. */
export interface CallBody {
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: CloudErrorJson;
  readonly principal?: string;
  readonly hop?: Hop;
}

export function writeCallBody(writer: WireWriter, call: Call): void {
  const { output, error, hop, principal } = call;
  writeFlags(writer, output, error, principal, hop);
  if (hop) writeHop(writer, hop);
  writer.writeObject(call, collectInput);
  writeOutcome(writer, output, error === undefined ? undefined : errorJson(error, call.code), principal);
}

export function writeEntryBody(
  writer: WireWriter,
  input: unknown,
  output: unknown,
  error: unknown,
  principal?: string,
): void {
  writeFlags(writer, output, error, principal);
  writer.write(input);
  writeOutcome(writer, output, error, principal);
}

function writeFlags(
  writer: WireWriter,
  output: unknown,
  error: unknown,
  principal: string | undefined,
  hop?: Hop,
): void {
  const outcome = (output === undefined ? 0 : HAS_OUTPUT) | (error === undefined ? 0 : HAS_ERROR);
  writer.byte(outcome | (principal === undefined ? 0 : HAS_PRINCIPAL) | (hop === undefined ? 0 : HAS_HOP));
}

function writeHop(writer: WireWriter, { source, target, via = "", attempt, depth }: Hop): void {
  writer.writeText(source);
  writer.writeText(target);
  writer.writeText(via);
  writer.write(attempt);
  writer.write(depth);
}

function readHop(reader: WireReader): Hop {
  const [source, target, via] = [reader.text(), reader.text(), reader.text()];
  const [attempt, depth] = [reader.value() as number, reader.value() as number];
  return { source, target, ...(via !== "" && { via }), attempt, depth };
}

function writeOutcome(writer: WireWriter, output: unknown, error: unknown, principal: string | undefined): void {
  if (output !== undefined) writer.write(output);
  if (error !== undefined) writer.write(error);
  if (principal !== undefined) writer.writeLine(principal, MAX_PRINCIPAL);
}

export function readCallBody(reader: WireReader): CallBody {
  const flags = reader.byte();
  const hop = flags & HAS_HOP ? readHop(reader) : undefined;
  const body: { -readonly [K in keyof CallBody]: CallBody[K] } = { input: reader.value() };
  if (hop) body.hop = hop;
  if (flags & HAS_OUTPUT) body.output = reader.value();
  if (flags & HAS_ERROR) body.error = reader.value() as CloudErrorJson;
  if (flags & HAS_PRINCIPAL) body.principal = reader.text();
  return body;
}

/** The hop of a call, without the rest of its row. */
export const readCallHop = (reader: WireReader): Hop | undefined =>
  reader.byte() & HAS_HOP ? readHop(reader) : undefined;

/** As `Call.input`, without building the object. */
function collectInput(writer: WireWriter, call: Call): void {
  const { args } = call;
  const { params } = call.spec;
  for (let i = 0; i < params.length; i++) writer.field(params[i] as string, args[i]);
  const options = args[params.length];
  if (typeof options === "object" && options !== null) writer.fieldsOf(options, "signal");
}

/** An error of a call as plain data: always with a portable code, whatever was thrown. */
export function errorJson(error: unknown, code: ErrorCode | "OK"): unknown {
  if (error instanceof CloudError) return errorData(error);
  const known: ErrorCode = code === "OK" ? "Internal" : code;
  const { httpStatus, retryable } = CODE_FACTS[known];
  const data = error instanceof Error ? errorData(error) : undefined;
  const cause = data ?? { name: "Error", message: typeof error === "string" ? error : `a ${typeof error} was thrown` };
  const { name, message } = cause as { name: unknown; message: unknown };
  return { code: known, message: message === "" ? name : message, httpStatus, retryable, cause };
}
