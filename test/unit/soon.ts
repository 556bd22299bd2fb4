/** Far more than anything here takes on any machine, and far less than work whose time explodes would. */
const SOON_MS = 20_000;

/** Does some work and answers what came of it; throws when that took the processor long. What else a machine does meanwhile does not count. */
export async function soon<T>(work: () => T | Promise<T>): Promise<T> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  if (ms > SOON_MS) throw new Error(`took ${Math.round(ms)} ms of the processor`);
  return result;
}
