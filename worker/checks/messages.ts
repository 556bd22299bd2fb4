import type { CloudName } from "../emulator/core/error-codes";
import type {
  NodeShape,
  ResourceAddress,
  ResourceCondition,
  ResourceField,
  ResourceKind,
  ResourceState,
  ResourceViewer,
  ResourceWire,
  WireEnd,
} from "../emulator/core/service/resources";
import type {
  Catalogue,
  CatalogueAccount,
  CatalogueService,
  FrameMessage,
  GateToPage,
  ProgramError,
  ProgramToGate,
  RunEnd,
  StackFrame,
} from "../protocol";
import { isRecordPage } from "./record-page";
import { amount, dictionary, list, oneOf, optional, shape, text, whole } from "./shape";
import type { Check } from "./shape";
import { isSnapshotDelta } from "./snapshot";

const name = text(200);
const line = text(1_000);
/** Room for what a program throws; the gate shortens it. */
const prose = text(0x3fff_ffff);

const isNodeShape = oneOf<NodeShape>("container", "queue", "topic", "bus", "rule", "function", "table");

const isWireEnd = shape<WireEnd>({
  path: line,
  shapes: optional(list(isNodeShape, 20)),
  whenTrue: optional(name),
  outside: optional(line),
});

const isWire = shape<ResourceWire>({
  each: optional(line),
  from: optional((value): value is WireEnd | "parent" => value === "parent" || isWireEnd(value)),
  to: optional(isWireEnd),
  via: optional(line),
  carries: oneOf("events", "deadLetters", "successes", "failures"),
  filters: optional(list(line, 20)),
  on: optional(
    shape<NonNullable<ResourceWire["on"]>>({
      path: line,
      is: (value): value is string | boolean => typeof value === "boolean" || name(value),
    }),
  ),
});

const isResourceKind = shape<ResourceKind>({
  kind: name,
  store: name,
  parent: optional(shape<NonNullable<ResourceKind["parent"]>>({ kind: name, parts: whole })),
  namePart: optional(whole),
  title: optional(line),
  separator: optional(name),
  fields: list(
    shape<ResourceField>({
      path: line,
      label: line,
      format: optional(oneOf("text", "bytes", "moment", "number", "json", "tags")),
    }),
    200,
  ),
  content: optional(shape<NonNullable<ResourceKind["content"]>>({ path: line, typePath: optional(line) })),
  states: optional(
    list(
      shape<ResourceState>({
        state: name,
        when: optional(list(shape<ResourceCondition>({ path: line, is: oneOf("present", "absent", "ahead") }), 20)),
      }),
      20,
    ),
  ),
  address: optional(
    shape<ResourceAddress>({
      as: optional(isNodeShape),
      paths: list(line, 20),
      byName: optional((value): value is true => value === true),
      failure: optional(line),
    }),
  ),
  wires: optional(list(isWire, 50)),
  viewer: optional(
    shape<ResourceViewer>({
      as: oneOf("messages", "items", "invocations"),
      of: name,
      columns: list(line, 50),
      keys: optional(list(line, 10)),
    }),
  ),
});

export const isCatalogue: Check<Catalogue> = shape<Catalogue>({
  engineVersion: name,
  accounts: list(
    shape<CatalogueAccount>({ provider: oneOf<CloudName>("aws", "azure", "gcp"), region: name, accountId: name }),
    10,
  ),
  services: list(
    shape<CatalogueService>({
      provider: oneOf<CloudName>("aws", "azure", "gcp"),
      service: name,
      native: name,
      nouns: dictionary(name, 200),
      operations: list(name, 1_000),
      resources: list(isResourceKind, 200),
    }),
    500,
  ),
});

const isProgramError = shape<ProgramError>({
  name: prose,
  message: prose,
  code: optional(prose),
  nativeCode: optional(prose),
  frames: list(shape<StackFrame>({ file: prose, line: whole, column: whole, function: optional(prose) }), 10_000),
});

const isReason = oneOf("completed", "failed", "stuck", "limit", "paused", "stopped", "hung", "crashed");

const isRunEnd = shape<RunEnd>({
  reason: isReason,
  message: prose,
  error: optional(isProgramError),
  digest: optional(name),
  records: whole,
  calls: whole,
  virtualMs: amount,
  wallMs: amount,
});

type ProgramEnd = Extract<ProgramToGate, { type: "ended" }>["end"];

/** How a run ends by itself; the other reasons are the gate's and the page's to give. */
const isProgramEnd = shape<ProgramEnd>({
  reason: oneOf("completed", "failed", "stuck", "limit", "paused"),
  message: prose,
  error: optional(isProgramError),
  records: whole,
  calls: whole,
  virtualMs: amount,
});

type Of<M extends { type: string }, T extends M["type"]> = Extract<M, { type: T }>;
type Variants<M extends { type: string }> = { readonly [T in M["type"]]: Check<Of<M, T>> };

/** One of the shapes, chosen by the message's `type`. */
function message<M extends { type: string }>(variants: Variants<M>): Check<M> {
  const byType = new Map<unknown, Check<M>>(Object.entries<Check<M>>(variants));
  return (value): value is M =>
    typeof value === "object" && value !== null && "type" in value && byType.get(value.type)?.(value) === true;
}

export const isProgramMessage: Check<ProgramToGate> = message<ProgramToGate>({
  booted: shape<Of<ProgramToGate, "booted">>({ type: oneOf("booted") }),
  pong: shape<Of<ProgramToGate, "pong">>({ type: oneOf("pong"), id: whole }),
  started: shape<Of<ProgramToGate, "started">>({ type: oneOf("started"), catalogue: isCatalogue }),
  page: shape<Of<ProgramToGate, "page">>({ type: oneOf("page"), page: isRecordPage }),
  ended: shape<Of<ProgramToGate, "ended">>({ type: oneOf("ended"), end: isProgramEnd }),
  left: shape<Of<ProgramToGate, "left">>({ type: oneOf("left"), delta: optional(isSnapshotDelta) }),
});

export const isGateMessage: Check<GateToPage> = message<GateToPage>({
  ready: shape<Of<GateToPage, "ready">>({ type: oneOf("ready") }),
  pong: shape<Of<GateToPage, "pong">>({ type: oneOf("pong"), id: whole }),
  started: shape<Of<GateToPage, "started">>({ type: oneOf("started"), run: whole, catalogue: isCatalogue }),
  page: shape<Of<GateToPage, "page">>({ type: oneOf("page"), run: whole, page: isRecordPage }),
  ended: shape<Of<GateToPage, "ended">>({ type: oneOf("ended"), run: whole, end: isRunEnd }),
  left: shape<Of<GateToPage, "left">>({ type: oneOf("left"), run: whole, delta: isSnapshotDelta }),
});

export const isFrameMessage: Check<FrameMessage> = message<FrameMessage>({
  listening: shape<Of<FrameMessage, "listening">>({ type: oneOf("listening") }),
  sealed: shape<Of<FrameMessage, "sealed">>({ type: oneOf("sealed") }),
  broken: shape<Of<FrameMessage, "broken">>({ type: oneOf("broken"), why: line }),
});
