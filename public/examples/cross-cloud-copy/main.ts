// One program, three clouds at once: everything from the cloud you chose is copied to the other two.
import { aws, azure, Bucket, check, cloud, gcp } from "tabcloud";
import { copyBucket } from "./copy";

const source = new Bucket(cloud);
await source.createBucket("recipes");

const recipes = { "bread.md": "Flour, water, time.", "soup.md": "Whatever is left.", "tea.md": "Leaves. Patience." };
for (const [key, text] of Object.entries(recipes)) {
  await source.putObject("recipes", key, text, {
    contentType: "text/markdown",
    metadata: { author: "grandma" },
    tags: { kitchen: "home" },
  });
}

const everywhere = [aws, azure, gcp];
for (const account of everywhere.filter((it) => it !== cloud)) {
  const target = new Bucket(account);
  await target.createBucket("recipes");
  const copied = await copyBucket("recipes", source, target);
  console.log(`${cloud.name} -> ${account.name}: ${copied} objects`);
}

// The same bytes, described in each cloud's own words: compare ETags by all means, but only within one cloud.
console.log("\ntea.md is");
const etags = new Set<string>();
for (const account of everywhere) {
  const bucket = new Bucket(account);
  const { info, data } = await bucket.getObject("recipes", "tea.md");
  etags.add(info.etag);
  console.log(`  ${account.name.padEnd(5)}  ${info.storageClass.padEnd(8)}  ${info.etag}`);

  const same = new TextDecoder().decode(data) === recipes["tea.md"] && info.contentType === "text/markdown";
  check(`${account.name} has the same tea`, same && info.metadata["author"] === "grandma", info);
}
check("an ETag means something on its own cloud only", etags.size === 3);
