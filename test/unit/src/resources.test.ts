import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentOf, hexDump, modesOf, valueAt } from "../../../src/panels/resources/content";
import { accountsOf, locate, visibleNodes, type Account, type TreeNode } from "../../../src/panels/resources/tree";
import { CloudHistory } from "../../../src/run/cloud-history";
import type { ResourceKind } from "../../../worker/emulator/core/service/resources";
import { tupleKey } from "../../../worker/emulator/core/store/keys";
import type { Catalogue } from "../../../worker/protocol";
import { change, Script } from "./recordings";

const kinds: ResourceKind[] = [
  { kind: "bucket", store: "buckets", fields: [] },
  { kind: "object", store: "objects", parent: { kind: "bucket", parts: 1 }, separator: "/", fields: [] },
  { kind: "upload", store: "uploads", parent: { kind: "bucket", parts: 1 }, namePart: 1, fields: [] },
];
const catalogue: Catalogue = {
  engineVersion: "1",
  accounts: [],
  services: (["aws", "azure"] as const).map((provider) => ({
    provider,
    service: "storage",
    native: provider === "aws" ? "S3" : "Blob Storage",
    nouns: { bucket: provider === "aws" ? "bucket" : "container" },
    operations: [],
    resources: kinds,
  })),
};

const bucket = (name: string) => ({ changes: [change("buckets", [name], { name })] });

function accountsAtEnd(script: Script): Account[] {
  const history = new CloudHistory(script.end());
  history.follow(() => true);
  return accountsOf(catalogue, history.at(script.reader.size).stores);
}

function opened(accounts: readonly Account[], expand: (node: TreeNode) => boolean = () => true): TreeNode[] {
  const expanded = new Set<string>();
  // What is expanded shows more, which may be expanded in turn.
  for (let known = -1; known !== expanded.size;) {
    known = expanded.size;
    for (const node of visibleNodes(accounts, { expanded })) if (expand(node)) expanded.add(node.id);
  }
  return visibleNodes(accounts, { expanded });
}

function treeOf(script: Script, expand?: (node: TreeNode) => boolean): string[] {
  const nodes = opened(accountsAtEnd(script), expand);
  return nodes.map((it) => `${" ".repeat(it.depth)}${it.label}${it.expandable ? " +" : ""}`);
}

describe("the tree of resources", () => {
  it("shows kinds below their parents and names as folders", () => {
    const script = new Script().call("createBucket", {}, bucket("photos")).call("createBucket", {}, bucket("empty"));
    for (const key of ["readme.txt", "cats/tom.txt", "cats/young/kit.txt", "cats-list.txt"]) script.put("photos", key);
    expect(treeOf(script)).toEqual([
      "S3 +",
      " empty",
      " photos +",
      "  cats-list.txt",
      "  cats/ +",
      "   tom.txt",
      "   young/ +",
      "    kit.txt",
      "  readme.txt",
    ]);
  });

  it("gives kinds a heading where there is more than one", () => {
    const script = new Script().call("createBucket", {}, bucket("photos")).put("photos", "a.txt");
    script.call("createMultipartUpload", {}, { changes: [change("uploads", ["photos", "big.bin", "0001"], {})] });
    expect(treeOf(script)).toEqual(["S3 +", " photos +", "  objects +", "   a.txt", "  uploads +", "   big.bin"]);
  });

  it("forgets what was deleted, and a service that holds nothing", () => {
    const script = new Script()
      .call("createBucket", {}, bucket("photos"))
      .put("photos", "a.txt")
      .put("photos", "b.txt");
    script.call("deleteObject", {}, { changes: [change("objects", ["photos", "a.txt"], undefined)] });
    expect(treeOf(script)).toEqual(["S3 +", " photos +", "  b.txt"]);
    script.call("deleteObject", {}, { changes: [change("objects", ["photos", "b.txt"], undefined)] });
    expect(treeOf(script)).toEqual(["S3 +", " photos"]);
    script.call("deleteBucket", {}, { changes: [change("buckets", ["photos"], undefined)] });
    expect(treeOf(script)).toEqual([]);
  });

  it("keeps accounts apart and leaves out stores that no kind names", () => {
    const script = new Script().call("createBucket", {}, bucket("mine"));
    const other = [change("buckets", ["theirs"], {}, "azure"), change("usage", ["theirs"], 1, "azure")];
    script.call("createBucket", {}, { changes: other, provider: "azure" });
    expect(treeOf(script)).toEqual(["S3 +", " mine", "Blob Storage +", " theirs"]);
  });

  it("does not confuse a bucket with one whose name begins with its name", () => {
    const script = new Script().call("createBucket", {}, bucket("a")).call("createBucket", {}, bucket("ab"));
    script.put("ab", "only");
    expect(treeOf(script)).toEqual(["S3 +", " a", " ab +", "  only"]);
  });

  it("lists names that begin or end with the separator", () => {
    const script = new Script()
      .call("createBucket", {}, bucket("b"))
      .put("b", "dir/")
      .put("b", "/root")
      .put("b", "a//b");
    const labels = treeOf(script);
    expect(labels.filter((it) => !it.endsWith("+"))).toHaveLength(3);
  });

  it("shows every object exactly once, whatever the keys", () => {
    const key = fc.string({ unit: fc.constantFrom("a", "b", "/", "é", "\u{1f600}", "\0"), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 20 }), (keys) => {
        const script = new Script().call("createBucket", {}, bucket("b"));
        for (const name of keys) script.put("b", name);
        const nodes = opened(accountsAtEnd(script), (node) => node.expandable);
        const objects = nodes.filter((it) => it.type === "resource" && it.kind.kind === "object");
        expect(new Set(nodes.map((it) => it.id)).size).toBe(nodes.length);
        expect(objects).toHaveLength(keys.length);
      }),
      { numRuns: 60 },
    );
  });

  it("reads no folder that is closed", () => {
    const script = new Script().call("createBucket", {}, bucket("photos"));
    for (let i = 0; i < 500; i++) script.put("photos", `dir-${i % 5}/obj-${i}`);
    const rows = treeOf(script, (node) => node.type !== "folder");
    expect(rows).toHaveLength(7);
  });

  it("shows a long list bit by bit", () => {
    const script = new Script().call("createBucket", {}, bucket("photos"));
    for (let i = 0; i < 2500; i++) script.put("photos", `obj-${String(i).padStart(4, "0")}`);
    const accounts = accountsAtEnd(script);
    const nodes = opened(accounts);
    const more = nodes.at(-1) as TreeNode & { type: "more" };
    expect(nodes).toHaveLength(2 + 1000 + 1);
    expect([more.type, more.size]).toEqual(["more", 1500]);
    const expanded = new Set(nodes.map((it) => it.id));
    const longer = visibleNodes(accounts, { expanded, limits: new Map([[more.of, 2500]]) });
    expect(longer).toHaveLength(2 + 2500);
    expect(longer.at(-1)?.label).toBe("obj-2499");
  });

  it("finds a resource by its store and key, there or not, and what to open for it to be seen", () => {
    const script = new Script().call("createBucket", {}, bucket("photos")).put("photos", "cats/young/kit.txt");
    script.call("createMultipartUpload", {}, { changes: [change("uploads", ["photos", "big.bin", "0001"], {})] });
    const accounts = accountsAtEnd(script);
    const found = locate(catalogue, accounts, "aws/storage/objects", tupleKey("photos", "cats/young/kit.txt"));
    const rows = visibleNodes(accounts, { expanded: new Set(found?.above) });
    expect(rows.find((it) => it.id === found?.node.id)?.label).toBe("kit.txt");
    const upload = locate(catalogue, accounts, "aws/storage/uploads", tupleKey("photos", "big.bin", "0001"));
    expect(visibleNodes(accounts, { expanded: new Set(upload?.above) }).map((it) => it.id)).toContain(upload?.node.id);
    expect(locate(catalogue, [], "azure/storage/objects", tupleKey("b", "k"))?.node.label).toBe("k");
    expect(locate(catalogue, accounts, "aws/storage/usage", tupleKey("b"))).toBeUndefined();
  });
});

describe("content", () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it("is found by its path, as text or bytes, whole or cut", () => {
    expect(contentOf({ data: "meow", contentType: "text/plain" }, "data", "contentType")).toEqual({
      bytes: bytes("meow"),
      size: 4,
      type: "text/plain",
    });
    const cut = { data: { $bytes: 9000, $sha256: "ab", $head: bytes("me") } };
    expect(contentOf(cut, "data", undefined)).toMatchObject({ size: 9000, bytes: bytes("me") });
    expect(contentOf({}, "data", undefined)).toBeUndefined();
    expect(valueAt({ a: { b: 1 } }, "a.b")).toBe(1);
    expect(valueAt({ a: null }, "a.b.c")).toBeUndefined();
  });

  it("is offered as what it can be seen as", () => {
    const modes = (text: string | Uint8Array, type: string, size?: number) => {
      const payload = typeof text === "string" ? bytes(text) : text;
      return modesOf({ bytes: payload, size: size ?? payload.length, type });
    };
    expect(modes('{"a":1}', "text/plain")).toEqual(["json", "text", "hex"]);
    expect(modes("{broken", "application/json")).toEqual(["text", "hex"]);
    expect(modes('{"a":1}', "application/json", 5000)).toEqual(["text", "hex"]);
    expect(modes(new Uint8Array([0, 255]), "application/octet-stream")).toEqual(["hex"]);
    expect(modes(new Uint8Array([137, 80]), "image/png")).toEqual(["image", "hex"]);
    // Half an image is none, and a page is never drawn as one.
    expect(modes(new Uint8Array([137, 80]), "image/png", 5000)).toEqual(["hex"]);
    expect(modes("<script>", "text/html")).toEqual(["text", "hex"]);
  });

  it("is dumped 16 bytes a line", () => {
    expect(hexDump(bytes("The quick brown fox"))).toBe(
      "00000000  54 68 65 20 71 75 69 63  6b 20 62 72 6f 77 6e 20  The quick brown \n" +
        "00000010  66 6f 78                                          fox",
    );
  });
});
