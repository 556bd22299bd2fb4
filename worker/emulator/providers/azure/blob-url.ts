/** The one storage account. */
export const ACCOUNT = "mockstorage";

/** `key` comes percent-encoded. */
export const blobUrl = (container: string, key: string): string =>
  `https://${ACCOUNT}.blob.core.windows.net/${container}/${key}`;
