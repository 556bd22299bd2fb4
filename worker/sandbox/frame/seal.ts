/** The frame's own policy, whatever the hash. It has to be in force word by word, and not only the page's, which the frame inherits. */
const ownPolicy = /^default-src 'none'; script-src 'sha256-[^']+' blob:; worker-src blob:$/;

/** Milliseconds for the browser to say which policies it enforced; it takes about one. */
const reportMs = 200;

/**
 * Tries what the frame's policy must forbid, without touching a network. Answers what is open, or undefined when all is shut.
 *
 * A browser that did not honour the policy would otherwise run a stranger's program with the network in reach, and nobody would notice.
 */
export async function findBreach(): Promise<string | undefined> {
  if (self.origin !== "null") return "the frame has an origin of its own";
  // A refused `Function` makes one report for each policy that refused it, and is not logged.
  const reports = collectReports();
  if (await succeeds(async () => Reflect.construct(Function, [""]))) return "text can be turned into code";
  const enforced = await reports;
  if (enforced.some((policy) => ownPolicy.test(policy))) return undefined;
  if (enforced.length > 0) return "the frame's policy is not in force";
  // The same question where a browser makes no reports. Second choice, since these refusals are errors in the console.
  if (await succeeds(() => fetch("data:,x"))) return "the network is in reach";
  const script = "data:text/javascript,1";
  if (await succeeds(() => import(script))) return "foreign code can be imported";
  return undefined;
}

/** The policies that were enforced from now on: until the frame's own is among them, or there was time enough for it. */
function collectReports(): Promise<readonly string[]> {
  const enforced: string[] = [];
  return new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", ({ disposition, originalPolicy }) => {
      if (disposition !== "enforce") return;
      enforced.push(originalPolicy);
      if (ownPolicy.test(originalPolicy)) resolve(enforced);
    });
    setTimeout(() => resolve(enforced), reportMs);
  });
}

async function succeeds(attempt: () => Promise<unknown>): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch {
    return false;
  }
}
