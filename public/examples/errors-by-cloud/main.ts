// The same mistakes on three clouds. Your program looks at the portable code; the native one is what you will search the web for.
import { aws, azure, Bucket, check, CloudError, gcp, type Provider } from "tabcloud";

const mistakes: Record<string, (bucket: Bucket) => Promise<unknown>> = {
  "bad bucket name": (it) => it.createBucket("My Bucket"),
  "no such bucket": (it) => it.listObjects("atlantis"),
  "no such object": (it) => it.getObject("museum", "mona-lisa.png"),
  "delete what is not there": (it) => it.deleteObject("museum", "mona-lisa.png"),
  "object already there": (it) => it.putObject("museum", "urn.txt", "", { ifNoneMatch: "*" }),
  "range past the end": (it) => it.getObject("museum", "urn.txt", { range: { start: 1_000_000 } }),
  "no such upload": (it) => it.abortMultipartUpload("museum", "statue.bin", "no-such-upload"),
  "no lifecycle rules": (it) => it.getLifecycleConfig("museum"),
  "bucket not empty": (it) => it.deleteBucket("museum"),
};

/** What a cloud says to a mistake: portable and native code, or that it saw none. */
async function answer(account: Provider, mistake: (bucket: Bucket) => Promise<unknown>) {
  try {
    await mistake(new Bucket(account));
    return { code: "OK", native: "fine by me" };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    return { code: error.code, native: error.nativeCode ?? "" };
  }
}

const accounts: Provider[] = [aws, azure, gcp];
for (const account of accounts) {
  const bucket = new Bucket(account);
  await bucket.createBucket("museum");
  await bucket.putObject("museum", "urn.txt", "Handle with care.");
}

const print = (...cells: string[]) => console.log(cells.map((cell) => cell.padEnd(30)).join(""));
print("", "aws", "azure", "gcp");
for (const [name, mistake] of Object.entries(mistakes)) {
  const answers = [];
  for (const account of accounts) answers.push(await answer(account, mistake));
  print(name, ...answers.map((it) => it.native));

  const codes = new Set(answers.map((it) => it.code));
  print("", codes.size === 1 ? `all: ${[...codes][0]}` : answers.map((it) => it.code).join(" | "));

  // Clouds do differ in more than words here and there. That is what a lab is for.
  const differs = name === "delete what is not there" || name === "bucket not empty";
  check(`${name}: ${differs ? "clouds disagree" : "one portable code"}`, codes.size === (differs ? 2 : 1), answers);
}
