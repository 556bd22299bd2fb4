import { expect, test } from "vitest";
import type { RecordPage } from "../../../worker/emulator/features/recording/record-page";
import { Outbox } from "../../../worker/sandbox/program/outbox";

const page = (first: number): RecordPage => ({ first }) as RecordPage;

test("no page leaves without a credit, and all leave in order", () => {
  const sent: number[] = [];
  const outbox = new Outbox(({ first }) => void sent.push(first));
  [1, 2, 3].forEach((first) => outbox.add(page(first)));
  expect(sent).toEqual([]);
  outbox.addCredits(2);
  expect(sent).toEqual([1, 2]);
  expect(outbox.isClear).toBe(false);
  outbox.addCredits(2);
  outbox.add(page(4));
  outbox.add(page(5));
  expect(sent).toEqual([1, 2, 3, 4]);
});

test("whoever waits hears once, when nothing waits any more: at once, when that is so", () => {
  const heard: string[] = [];
  const outbox = new Outbox(() => undefined);
  outbox.whenClear(() => heard.push("at once"));
  outbox.add(page(1));
  outbox.whenClear(() => heard.push("first"));
  outbox.whenClear(() => heard.push("second"));
  expect(heard).toEqual(["at once"]);
  outbox.addCredits(5);
  outbox.addCredits(5);
  expect(heard).toEqual(["at once", "first", "second"]);
});
