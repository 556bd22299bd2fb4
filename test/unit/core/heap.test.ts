import fc from "fast-check";
import { expect, test } from "vitest";
import { DueHeap, type Due } from "../../../worker/emulator/core/clock/heap";

interface Item extends Due {
  readonly name: number;
}

const order = (a: Due, b: Due): number => a.due - b.due || a.sequence - b.sequence;

test("whatever goes in and out, the earliest comes first and equal ones in the order of their sequence", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("push" as const), due: fc.integer({ min: 0, max: 20 }) }),
    fc.record({ kind: fc.constant("pop" as const) }),
    fc.record({ kind: fc.constant("remove" as const), which: fc.nat() }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const heap = new DueHeap<Item>();
      let model: Item[] = [];
      let name = 0;
      for (const each of steps) {
        if (each.kind === "push") {
          name += 1;
          const item = { due: each.due, sequence: name, index: -1, name };
          heap.push(item);
          model.push(item);
        } else if (each.kind === "pop") {
          const expected = [...model].sort(order)[0];
          expect(heap.pop()).toBe(expected);
          model = model.filter((item) => item !== expected);
        } else if (model.length > 0) {
          const victim = model[each.which % model.length] as Item;
          expect(heap.remove(victim)).toBe(true);
          expect(heap.remove(victim)).toBe(false);
          model = model.filter((item) => item !== victim);
        }
        expect(heap.size).toBe(model.length);
        expect(heap.peek()).toBe([...model].sort(order)[0]);
      }
      const drained: Item[] = [];
      for (let item = heap.pop(); item; item = heap.pop()) drained.push(item);
      expect(drained).toEqual(model.sort(order));
    }),
  );
});
