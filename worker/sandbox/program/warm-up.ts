import type * as tabcloud from "../../emulator/program";

/**
 * Makes a few calls in a run that nobody sees. A worker waits for its program anyway; the JavaScript engine so has the emulator's code at hand when a program
 * comes, and does not spend a program's first milliseconds on compiling it.
 */
export async function warmUp({ aws, azure, gcp, Bucket }: typeof tabcloud): Promise<void> {
  for (const cloud of [aws, azure, gcp]) {
    const bucket = new Bucket(cloud);
    await bucket.createBucket("warm");
    await bucket.putObject("warm", "up", "!");
    await bucket.getObject("warm", "up");
    await bucket.listObjects("warm");
    await bucket.headObject("warm", "down").catch(() => undefined);
  }
}
