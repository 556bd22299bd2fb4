// A whole cloud in this tab. Press Run, then choose another cloud above.
import { Bucket, check, cloud } from "tabcloud";

// S3 on AWS, Blob Storage on Azure, Cloud Storage on GCP.
const photos = new Bucket(cloud);

await photos.createBucket("holiday");
await photos.putObject("holiday", "beach.txt", "🏖️  Sand in every pocket.");
await photos.putObject("holiday", "cat.txt", "🐈  The neighbour's. It moved in.");

// A picture: look at it under Resources.
const circle = `<circle cx="4" cy="4" r="3" fill="gold"/>`;
const sun = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">${circle}</svg>`;
await photos.putObject("holiday", "sun.svg", sun, { contentType: "image/svg+xml" });

console.log(`Hello from ${cloud.name} in ${cloud.region}. The album:`);
for await (const photo of photos.objects("holiday")) {
  console.log(`  ${photo.key}  ${photo.size} bytes  etag ${photo.etag}`);
}

const { data } = await photos.getObject("holiday", "cat.txt");
console.log(new TextDecoder().decode(data));

const { items } = await photos.listObjects("holiday");
check("three pictures in the album", items.length === 3);
