// A signed URL lends one permission (get or put one object) to whoever holds it, and only for a while.
import { Bucket, check, clock, CloudError, cloud, isPermissionDenied } from "tabcloud";

const bucket = new Bucket(cloud);
await bucket.createBucket("reports");
await bucket.putObject("reports", "2026/q1.txt", "Up and to the right.");

const { url, expiresAt } = await bucket.generatePresignedURL({
  bucket: "reports",
  key: "2026/q1.txt",
  method: "GET",
  expiresInMs: 60_000,
});
console.log(url);
console.log(`good until ${expiresAt.toISOString()}\n`);

/** What somebody without an account gets who has nothing but the URL. */
async function open(link: string, method: "GET" | "PUT" = "GET"): Promise<string> {
  try {
    const answer = await bucket.usePresignedURL(link, { method });
    return "data" in answer ? new TextDecoder().decode(answer.data) : `written: ${answer.key}`;
  } catch (error) {
    if (!(error instanceof CloudError) || !isPermissionDenied(error)) throw error;
    return `refused: ${error.nativeCode}`;
  }
}
const show = async (when: string, answer: Promise<string>) => {
  const text = await answer;
  console.log(`${when.padEnd(28)} ${text}`);
  return text;
};

check("it works at first", (await show("now", open(url))).startsWith("Up"));
check("for this object only", (await show("another key", open(url.replace("q1", "q2")))).startsWith("refused"));
check("for this method only", (await show("another method", open(url, "PUT"))).startsWith("refused"));

await clock.advance(59_999); // nobody has to wait for it: this clock is ours
check("it works until the last moment", (await show("a millisecond before the end", open(url))).startsWith("Up"));

await clock.advance(1);
check("and not a moment longer", (await show("at the end", open(url))).startsWith("refused"));

// The other way round: let a browser upload straight into the bucket, without lending it your keys.
const drop = await bucket.generatePresignedURL({ bucket: "reports", key: "inbox/photo.jpg", method: "PUT" });
await bucket.usePresignedURL(drop.url, { method: "PUT", body: "📷", contentType: "image/jpeg" });
const { contentType } = await bucket.headObject("reports", "inbox/photo.jpg");
check("the upload has arrived", contentType === "image/jpeg");
