import { Dictionary, WireWriter } from "../wire";
import type { StoredNode } from "./dump";
import { FORMAT, INNER, LEAF, type PackedNodes } from "./node-pack";

/**
 * Packs nodes whose ids go up by one. Moments in their values take fewest bytes when `nearMs` (milliseconds since 1970) is near them.
 * @throws Unkeepable when a value is not plain data.
 */
export function packNodes(nodes: readonly StoredNode<unknown>[], nearMs = 0): PackedNodes {
  const dictionary = new Dictionary();
  const body = new WireWriter(dictionary, Infinity, { exact: true });
  body.startFollower(nearMs);
  const firstNode = nodes[0]?.id ?? 1;
  for (const node of nodes) writeNode(body, node);
  const head = new WireWriter(new Dictionary(), Infinity, { exact: true });
  head.byte(FORMAT);
  head.varint(nearMs);
  writeTexts(head, dictionary.words);
  head.varint(dictionary.shapes.length);
  for (const shape of dictionary.shapes) writeTexts(head, shape);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head.bytes.subarray(0, head.length));
  bytes.set(body.bytes.subarray(0, body.length), head.length);
  return { firstNode, nodeCount: nodes.length, bytes };
}

function writeNode(writer: WireWriter, node: StoredNode<unknown>): void {
  const { keys } = node;
  if ("values" in node) {
    writer.byte(LEAF);
    writer.varint(keys.length);
    for (let i = 0; i < keys.length; i++) {
      writer.writeText(keys[i] as string);
      writer.write(node.values[i]);
    }
    return;
  }
  writer.byte(INNER);
  writer.varint(node.children.length);
  for (const key of keys) writer.writeText(key);
  for (const child of node.children) writer.varint(node.id - child);
}

/** A number each and no word: the reader has no dictionary yet. */
function writeTexts(writer: WireWriter, texts: readonly string[]): void {
  writer.varint(texts.length);
  for (const text of texts) {
    writer.varint(text.length);
    for (let i = 0; i < text.length; i++) writer.varint(text.charCodeAt(i));
  }
}
