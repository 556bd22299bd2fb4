/** The gate's worker: gives the gate its program workers, its line to the page and its time. All decisions are `gate.ts`'s. */
import type { GateBootMessage, GateToPage, PageToGate } from "../../protocol";
import { StreamDigest } from "../../emulator/features/recording/stream-digest";
import { Gate } from "./gate";
import { Pulse } from "./pulse";

function open(programCode: string, line: MessagePort): void {
  const programUrl = URL.createObjectURL(new Blob([programCode], { type: "text/javascript" }));
  let ticking: ReturnType<typeof setInterval> | undefined;
  let program = startProgram();

  const gate = new Gate({
    toPage: (message, transfer = []) => line.postMessage(message, [...transfer]),
    toProgram: (message, transfer = []) => program.postMessage(message, [...transfer]),
    renewProgram: () => {
      program.terminate();
      program = startProgram();
    },
    newDigest: () => new StreamDigest(),
  });

  /** Started before it is needed: the emulator's code is parsed and run while the reader still reads. */
  function startProgram(): Worker {
    const worker = new Worker(programUrl, { name: "program" });
    // What a worker sent before it was terminated may still be on its way.
    const current = (): boolean => worker === program;
    worker.onmessage = ({ data }: MessageEvent<unknown>) => current() && settle(() => gate.fromProgram(data, now()));
    worker.onmessageerror = () => current() && settle(() => gate.fromProgram(undefined, now()));
    worker.onerror = (event) => {
      // Unhandled, it would go on to be an error of the gate, of the frame and of the page.
      event.preventDefault();
      if (current()) settle(() => gate.programFailed(event.message, now()));
    };
    return worker;
  }

  /** Ticks only while a program runs: an idle tab does not wake the machine. */
  function settle(act: () => void): void {
    act();
    if (gate.running === (ticking !== undefined)) return;
    if (gate.running) ticking = setInterval(() => settle(() => gate.tick(now())), Pulse.tickMs);
    else {
      clearInterval(ticking);
      ticking = undefined;
    }
  }

  line.onmessage = ({ data }: MessageEvent<PageToGate>) => settle(() => gate.fromPage(data, now()));
  line.postMessage({ type: "ready" } satisfies GateToPage);
}

const now = (): number => performance.now();

addEventListener(
  "message",
  ({ data, ports }: MessageEvent<GateBootMessage>) => {
    const [line] = ports;
    if (line) open(data.programCode, line);
  },
  { once: true },
);
