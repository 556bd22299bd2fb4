import { pages } from "../../core/paging";
import { portableClass } from "../../core/service/portable";
import { readConcerns, type PortableOptions } from "../../features/portable-options";
import type {
  BucketInfo,
  ListBucketsOptions,
  ListObjectVersionsOptions,
  ListObjectsOptions,
  ListUploadsOptions,
  MultipartUpload,
  ObjectInfo,
  StorageDriver,
  UploadPart,
} from "./driver";
import { storage } from "./index";

/**
 * Object storage, the same on every cloud: each operation of {@link StorageDriver} with error injection, rate limit, latency, metrics and
 * recording around it, and an iterator for each list.
 *
 * ```ts
 * import { cloud, Bucket } from "tabcloud";
 *
 * const bucket = new Bucket(cloud);
 * await bucket.createBucket("photos");
 * await bucket.putObject("photos", "cat.txt", "meow");
 * for await (const { key, size } of bucket.objects("photos")) console.log(key, size);
 * ```
 */
export class Bucket extends portableClass<StorageDriver, PortableOptions>(storage, readConcerns) {
  /**
   * @param target A provider (`cloud`), or its storage (`aws.s3`, `cloud.storage`).
   * @param options Concerns of this object's own; what is left out comes from the provider.
   * @throws CloudError `InvalidArgument` when the target has no storage.
   */
  constructor(target: StorageDriver | { readonly storage: StorageDriver }, options?: PortableOptions) {
    super(target, options);
  }

  /** Every bucket, page by page; each page is a call of {@link StorageDriver.listBuckets}. */
  buckets(options: ListBucketsOptions = {}): AsyncGenerator<BucketInfo, void, undefined> {
    return pages((pageToken) => this.listBuckets(withToken(options, pageToken)), options.pageToken);
  }

  /**
   * Every current object of a bucket, page by page; each page is a call of {@link StorageDriver.listObjects}. Common prefixes are left out.
   *
   * ```ts
   * for await (const { key } of bucket.objects("photos", { prefix: "2026/" })) console.log(key);
   * ```
   */
  objects(bucket: string, options: ListObjectsOptions = {}): AsyncGenerator<ObjectInfo, void, undefined> {
    return pages((pageToken) => this.listObjects(bucket, withToken(options, pageToken)), options.pageToken);
  }

  /** Every version and delete marker of a bucket, page by page; each page is a call of {@link StorageDriver.listObjectVersions}. */
  versions(bucket: string, options: ListObjectVersionsOptions = {}): AsyncGenerator<ObjectInfo, void, undefined> {
    return pages((pageToken) => this.listObjectVersions(bucket, withToken(options, pageToken)), options.pageToken);
  }

  /** Every open upload of a bucket, page by page; each page is a call of {@link StorageDriver.listMultipartUploads}. */
  uploads(bucket: string, options: ListUploadsOptions = {}): AsyncGenerator<MultipartUpload, void, undefined> {
    return pages((pageToken) => this.listMultipartUploads(bucket, withToken(options, pageToken)), options.pageToken);
  }

  /** Every part of an open upload, page by page; each page is a call of {@link StorageDriver.listParts}. */
  parts(
    bucket: string,
    key: string,
    uploadId: string,
    options: ListPartsOptions = {},
  ): AsyncGenerator<UploadPart, void, undefined> {
    return pages(
      (pageToken) => this.listParts(bucket, key, uploadId, withToken(options, pageToken)),
      options.pageToken,
    );
  }
}

type ListPartsOptions = NonNullable<Parameters<StorageDriver["listParts"]>[3]>;

/** An absent token stays absent, so that the first page is recorded as it was asked for. */
const withToken = <T extends { pageToken?: string }>(options: T, pageToken: string | undefined): T =>
  pageToken === undefined ? options : { ...options, pageToken };
