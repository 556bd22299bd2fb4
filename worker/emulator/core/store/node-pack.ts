import { CloudError } from "../errors";
import type { WireNames, WireReaderOptions } from "../wire";
import { WireDamage, WireReader } from "../wire/wire-reader";
import { MAX_WORD_LENGTH } from "../wire/words";
import type { NodeId, StoredNode } from "./dump";
import { MAX_WIDTH } from "./node";

/** Nodes of stores as bytes. Their ids are consecutive, and each node stands after its children. */
export interface PackedNodes {
  /** Id of the first node. */
  readonly firstNode: NodeId;
  readonly nodeCount: number;
  readonly bytes: Uint8Array;
}

/*
 * Format, the moment that whole numbers are kept near to, words, shapes, then the nodes: a kind and a count, then for a leaf each key and value, for an
 * inner node its keys and how far before it each child is. There are no references within a pack but to words, shapes and children, so reading takes no
 * longer than its bytes, whoever wrote them.
 */
export const FORMAT = 1;
export const LEAF = 0;
export const INNER = 1;

export type ReadOptions = Pick<WireReaderOptions, "views">;

/**
 * The nodes of a pack, each as it is read: whoever has little time at once takes a few at a time.
 * @throws CloudError `InvalidArgument` from `next` when the pack is damaged. Time and memory are bounded by its bytes, whatever they are.
 */
export function* readPack(pack: PackedNodes, options: ReadOptions = {}): Generator<StoredNode<unknown>, undefined> {
  const { firstNode, nodeCount, bytes } = pack;
  if (!Number.isSafeInteger(firstNode + nodeCount) || !(firstNode >= 1) || !(nodeCount >= 0))
    throw damaged("its nodes are numbered wrongly");
  const reader = guarded(() => openPack(bytes, options));
  for (let id = firstNode; id < firstNode + nodeCount; id++) yield guarded(() => readNode(reader, id));
  if (!reader.atEnd) throw damaged("it goes on after its last node");
}

function openPack(bytes: Uint8Array, { views }: ReadOptions): WireReader {
  const names: WireNames = { words: [], shapes: [] };
  const head = new WireReader(names, { exact: true }).openRow(bytes, 0, bytes.length, 0);
  const format = head.byte();
  if (format !== FORMAT) throw new WireDamage(`format ${format} is not known to this version of Tabcloud`);
  const nearMs = head.varint();
  const words = readTexts(head);
  const shapes: string[][] = [];
  for (let left = head.varint(); left > 0; left--) shapes.push(readTexts(head));
  const reader = new WireReader({ words, shapes }, { exact: true, views });
  return reader.openRow(bytes, head.position, bytes.length, nearMs);
}

function readTexts(reader: WireReader): string[] {
  const texts: string[] = [];
  for (let left = reader.varint(); left > 0; left--) {
    const length = reader.varint();
    // So that a name costs no more to use than the bytes that refer to it.
    if (length > MAX_WORD_LENGTH) throw new WireDamage("a name is too long");
    let text = "";
    for (let i = 0; i < length; i++) text += String.fromCharCode(reader.varint());
    texts.push(text);
  }
  return texts;
}

function readNode(reader: WireReader, id: NodeId): StoredNode<unknown> {
  const kind = reader.byte();
  const count = reader.varint();
  if (count > MAX_WIDTH) throw new WireDamage(`node ${id} is too wide`);
  const keys: string[] = [];
  if (kind === LEAF) {
    const values: unknown[] = [];
    for (let i = 0; i < count; i++) {
      keys.push(reader.text());
      values.push(reader.value());
    }
    return { id, keys, values };
  }
  if (kind !== INNER) throw new WireDamage(`node ${id} is of no known kind`);
  for (let i = 1; i < count; i++) keys.push(reader.text());
  const children: NodeId[] = [];
  for (let i = 0; i < count; i++) {
    const child = id - reader.varint();
    if (!(child >= 1 && child < id)) throw new WireDamage(`node ${id} has a child that is not there`);
    children.push(child);
  }
  return { id, keys, children };
}

/** Whatever goes wrong in reading bytes is the bytes' fault: a number too large for the engine, for example. */
function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw damaged(error instanceof WireDamage ? error.message : "a value cannot be read");
  }
}

const damaged = (why: string): CloudError =>
  new CloudError("InvalidArgument", `this snapshot is damaged or was not made by Tabcloud: ${why}`);
