import fc from "fast-check";
import { expect, it } from "vitest";
import {
  guidHandle,
  handleWords,
  hexHandle,
  parseGuidHandle,
  parseHexHandle,
  readHandleWords,
} from "../../../worker/emulator/services/messagequeue/handles";

const key = fc.integer({ min: 0, max: 0xffffffff });
const receipt = fc.record({ place: fc.nat(2 ** 40), count: fc.nat(1e6) });
const FORMS = [
  { format: hexHandle("AQEB"), parse: parseHexHandle("AQEB") },
  { format: guidHandle, parse: parseGuidHandle },
];

it("a handle says which receive it is of, to its own queue alone", () => {
  fc.assert(
    fc.property(receipt, key, key, (of, own, other) => {
      for (const { format, parse } of FORMS) {
        const words = parse(format(handleWords(of, own)));
        expect(words && readHandleWords(words, own)).toEqual(of);
        if (other !== own) expect(words && readHandleWords(words, other)).not.toEqual(of);
      }
    }),
  );
});

it("a digit more or less, or another one, is no handle", () => {
  fc.assert(
    fc.property(receipt, key, fc.nat(31), fc.constantFrom("0", "f", "g", "-", "A"), (of, own, at, digit) => {
      const format = hexHandle("");
      const parse = parseHexHandle("");
      const handle = format(handleWords(of, own));
      const changed = handle.slice(0, at) + digit + handle.slice(at + 1);
      if (changed === handle) return;
      const words = parse(changed);
      expect(words && readHandleWords(words, own)).toBeUndefined();
      expect(parse(`${handle}0`)).toBeUndefined();
      expect(parse(handle.slice(1))).toBeUndefined();
    }),
  );
});
