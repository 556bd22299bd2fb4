import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareSteps, type CloudDifference } from "../../../src/panels/snapshots/cloud-difference";
import { accountsOf, visibleNodes } from "../../../src/panels/resources/tree";
import { catalogue } from "../../../src/run/catalogue";
import { summaryOf } from "../../../src/run/cloud-summary";
import { stepwise } from "../../../src/run/stepwise";
import type { CloudSnapshot } from "../../../worker/emulator/run/cloud-snapshot";
import { catalogue as catalogueNow } from "../../../worker/emulator/run/catalogue";
import { bucket, cloudOf, contentsOf, object, packId, type Contents } from "../share/clouds";

const BUCKETS = "aws/storage/buckets";
const OBJECTS = "aws/storage/objects";
const NOTHING = cloudOf({});

function compared(before: CloudSnapshot, after: CloudSnapshot): { difference: CloudDifference; steps: number } {
  const walk = compareSteps(before, after, catalogue);
  for (let steps = 0; ; steps++) {
    const step = walk.next();
    if (step.done) return { difference: step.value, steps };
  }
}

/** The rows of the tree with everything open, and the mark of each resource. */
function rows(difference: CloudDifference): string[] {
  const expanded = new Set<string>();
  const accounts = accountsOf(catalogue, difference.stores);
  for (let before = -1; before !== expanded.size;) {
    before = expanded.size;
    for (const node of visibleNodes(accounts, { expanded })) if (node.expandable) expanded.add(node.id);
  }
  return visibleNodes(accounts, { expanded }).map((node) => {
    if (node.type !== "resource") return `${" ".repeat(node.depth)}${node.label}`;
    const store = `${node.account.instance}/${node.account.service.service}/${node.kind.store}`;
    return `${" ".repeat(node.depth)}${node.label} ${difference.of(store, node.key)?.mark}`;
  });
}

const BASE = cloudOf({
  [BUCKETS]: { [bucket("a")]: { n: 1 }, [bucket("b")]: { n: 2 }, [bucket("c")]: { n: 3 } },
  [OBJECTS]: { [object("a", "x/1")]: { size: 1 }, [object("a", "x/2")]: { size: 2 }, [object("b", "y")]: { size: 3 } },
});
const LATER = cloudOf(
  {
    [BUCKETS]: { [bucket("b")]: undefined, [bucket("d")]: { n: 4 } },
    [OBJECTS]: { [object("a", "x/1")]: { size: 9 }, [object("a", "x/3")]: { size: 3 }, [object("b", "y")]: undefined },
  },
  BASE,
);

describe("two clouds compared", () => {
  it("tell what was added, changed and removed, in the tree of resources with what it belongs to", () => {
    const { difference } = compared(BASE, LATER);
    expect(difference.total).toEqual({ added: 2, changed: 1, removed: 2 });
    expect(rows(difference)).toEqual([
      "S3",
      " a same",
      "  x/",
      "   1 changed",
      "   3 added",
      " b removed",
      "  y removed",
      " d added",
    ]);
    expect(difference.of(OBJECTS, object("a", "x/1"))).toEqual({
      mark: "changed",
      before: { size: 1 },
      after: { size: 9 },
    });
    const folder = object("a", "x/").slice(0, -1);
    expect(difference.counts(OBJECTS, folder)).toEqual({ added: 1, changed: 1, removed: 0 });
  });

  it("are the other way round from the other side, and all or nothing beside the empty cloud", () => {
    expect(compared(LATER, BASE).difference.total).toEqual({ added: 2, changed: 1, removed: 2 });
    expect(compared(NOTHING, BASE).difference.total).toEqual({ added: 6, changed: 0, removed: 0 });
    expect(compared(BASE, NOTHING).difference.total).toEqual({ added: 0, changed: 0, removed: 6 });
  });

  it("are the same when they hold the same, also of another origin", () => {
    expect(rows(compared(BASE, BASE).difference)).toEqual([]);
    expect(rows(compared(BASE, cloudOf(contentsOf(BASE))).difference)).toEqual([]);
    // Another run of the same base numbers its nodes alike.
    const other = cloudOf({ [BUCKETS]: { [bucket("e")]: { n: 5 } } }, BASE);
    expect(compared(other, LATER).difference.total).toEqual({ added: 2, changed: 1, removed: 3 });
  });

  it("leave out what is no resource", () => {
    expect(
      rows(compared(NOTHING, cloudOf({ "aws/storage/usage": { a: 1 }, "aws/none/x": { b: 1 } })).difference),
    ).toEqual([]);
  });

  it("of a common origin are not looked through", () => {
    const many: Record<string, unknown> = { [bucket("a")]: {} };
    const objects: Record<string, unknown> = {};
    for (let i = 0; i < 5000; i++) objects[object("a", String(i))] = { size: i };
    const base = cloudOf({ [BUCKETS]: many, [OBJECTS]: objects });
    const later = cloudOf({ [OBJECTS]: { [object("a", "17")]: { size: -1 } } }, base);
    const alone = compared(base, base).steps;
    expect(compared(base, later).steps).toBeLessThan(alone + 60);
    expect(compared(base, later).difference.total).toEqual({ added: 0, changed: 1, removed: 0 });
    // Packs of other names are read and compared one by one.
    const copy = { ...base, packs: base.packs.map((pack) => ({ ...pack, id: packId() })) };
    expect(compared(base, copy).steps).toBeGreaterThan(5000);
  });

  it("differ as their contents do, whatever they are", () => {
    const entries = fc.dictionary(fc.constantFrom("a", "b", "c", "d").map(bucket), fc.record({ n: fc.nat(2) }), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(entries, entries, fc.boolean(), (one, two, onTop) => {
        const before = cloudOf({ [BUCKETS]: one });
        const gone = Object.fromEntries(Object.keys(one).map((key) => [key, undefined]));
        const after = onTop ? cloudOf({ [BUCKETS]: { ...gone, ...two } }, before) : cloudOf({ [BUCKETS]: two });
        const keys = (all: Contents[string], of: Contents[string]): number =>
          Object.keys(all).filter((key) => !(key in of)).length;
        const changed = Object.keys(one).filter((key) => key in two && one[key]?.n !== two[key]?.n).length;
        expect(compared(before, after).difference.total).toEqual({
          added: keys(two, one),
          changed,
          removed: keys(one, two),
        });
      }),
    );
  });
});

describe("a cloud in a few words", () => {
  it("counts what is in it, cloud by cloud, in its own nouns", async () => {
    expect(await summaryOf(BASE, catalogue)).toBe("3 buckets and 3 objects on AWS");
    const two = cloudOf({ "azure/storage/buckets": { [bucket("a")]: {} } }, BASE);
    expect(await summaryOf(two, catalogue)).toBe("3 buckets and 3 objects on AWS; 1 container on Azure");
    expect(await summaryOf(NOTHING, catalogue)).toBe("nothing in it");
  });
});

describe("the catalogue that the page brings", () => {
  it("is the emulator's own", () => {
    expect(catalogue).toEqual(catalogueNow());
  });
});

describe("work in slices", () => {
  it("ends when it is called off", async () => {
    let taken = 0;
    const endless = (function* () {
      for (;;) yield taken++;
    })();
    expect(await stepwise(endless, () => taken > 5)).toBeUndefined();
  });
});
