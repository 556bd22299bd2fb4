/**
 * `npm run --silent play -- program.ts`: runs a program without a browser. One bundle is both sides: the command, and the worker thread that holds the
 * emulator and the program.
 */
import { isMainThread } from "node:worker_threads";
import { runCommand } from "./command";
import { serveProgram } from "./program-thread";

if (isMainThread) {
  // Whoever reads this through a pipe may have read enough.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  process.exitCode = await runCommand(process.argv.slice(2));
} else serveProgram();
