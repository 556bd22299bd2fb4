// A large upload goes in parts: in parallel, in any order, each part repeatable. Nobody can read it before it is complete.
import { Bucket, check, clock, cloud, isNotFound } from "tabcloud";

const PART_SIZE = 5 * 1024 * 1024; // the smallest that AWS and GCP take, but for the last part

// Each part takes 1.25 s, as 5 MiB do at 4 MiB a second.
const bucket = new Bucket(cloud, { latency: { uploadPart: 1250 } });
await bucket.createBucket("videos");

const video = new Uint8Array(PART_SIZE + 1000).fill(1).fill(2, PART_SIZE); // a short film: all ones, then a few twos
const slices = [];
for (let start = 0; start < video.length; start += PART_SIZE) slices.push(video.subarray(start, start + PART_SIZE));

const began = clock.now();
const { uploadId } = await bucket.createMultipartUpload("videos", "cats.mp4", { contentType: "video/mp4" });

const parts = await Promise.all(
  slices.map((data, i) => bucket.uploadPart("videos", "cats.mp4", uploadId, { partNumber: i + 1, data })),
);
for (const { partNumber, size, etag } of parts) console.log(`part ${partNumber}  ${size} bytes  ${etag}`);
console.log(`${video.length} bytes in ${clock.since(began)} ms`);
check("two parts at once take as long as one", clock.since(began) === 1250);

const early = await bucket.headObject("videos", "cats.mp4").catch((error: unknown) => error);
check("nothing to read before the upload is complete", isNotFound(early));

// The list says which parts belong to the object, and in which order.
const whole = await bucket.completeMultipartUpload("videos", "cats.mp4", uploadId, parts);
console.log(`complete: ${whole.size} bytes, etag ${whole.etag}`);
check("the object has every byte", whole.size === video.length);

const seam = { start: PART_SIZE - 2, end: PART_SIZE + 1 };
const { data } = await bucket.getObject("videos", "cats.mp4", { range: seam });
check("the parts are joined in order", data.join() === video.slice(seam.start, seam.end + 1).join(), data.join());

// An upload that nobody completes keeps its parts, and they cost money: find them, and give them up.
await bucket.createMultipartUpload("videos", "dogs.mp4");
const open = await bucket.listMultipartUploads("videos");
for (const upload of open.items) {
  console.log(`giving up on ${upload.key}`);
  await bucket.abortMultipartUpload("videos", upload.key, upload.uploadId);
}
check("no upload is left open", (await bucket.listMultipartUploads("videos")).items.length === 0);
