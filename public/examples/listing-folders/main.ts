// A bucket has no folders, only keys. What looks like a folder is a way of listing: a prefix, and a delimiter to fold at.
import { Bucket, check, cloud } from "tabcloud";

const bucket = new Bucket(cloud);
await bucket.createBucket("music");

const keys = [
  "index.html",
  "jazz/davis/blue-in-green.mp3",
  "jazz/davis/so-what.mp3",
  "jazz/evans/peace-piece.mp3",
  "jazz/notes.txt",
  "soul/franklin/respect.mp3",
  "soul/redding/dock-of-the-bay.mp3",
];
for (const key of keys) await bucket.putObject("music", key, "♪");

/** Prints what is directly below a prefix, then goes into each folder, as a file manager does. Counts the objects. */
async function tree(prefix = ""): Promise<number> {
  const depth = prefix.split("/").length - 1;
  const print = (key: string) => console.log("   ".repeat(depth) + key.slice(prefix.length));

  const { commonPrefixes, items } = await bucket.listObjects("music", { prefix, delimiter: "/" });
  let count = items.length;
  for (const folder of commonPrefixes) {
    print(folder);
    count += await tree(folder);
  }
  for (const item of items) print(item.key);
  return count;
}
check("the tree shows every object once", (await tree()) === keys.length);

// Long listings come in pages: 1,000 objects at most, 5,000 on Azure. Here we ask for three at a time.
let pageToken: string | undefined;
let pages = 0;
do {
  const page = await bucket.listObjects("music", { limit: 3, pageToken });
  console.log(`page ${++pages}: ${page.items.map((item) => item.key.split("/").at(-1)).join(", ")}`);
  pageToken = page.nextPageToken;

  // A token remembers a key, not a position: deleting what we have already seen makes us skip nothing.
  if (pages === 1) await bucket.deleteObject("music", "index.html");
} while (pageToken !== undefined);
check("seven objects fill three pages", pages === 3);

// Most programs need no tokens: the iterator fetches page after page by itself.
const jazz: string[] = [];
for await (const item of bucket.objects("music", { prefix: "jazz/" })) jazz.push(item.key);
check("four objects below jazz/", jazz.length === 4, jazz);
