import type { CloudSnapshot } from "../../../worker/emulator/run/cloud-snapshot";
import { version } from "../../../package.json";
import { decodeCloudFile, encodeCloudFile } from "../../share/cloud-file";
import { fileNameOf } from "../../share/cloud-name";
import { downloadBytes } from "../../ui/download";

/** Hands a cloud to the person as a file. */
export async function exportCloud(name: string, cloud: CloudSnapshot): Promise<void> {
  downloadBytes(fileNameOf(name), await encodeCloudFile(name, cloud));
}

/** What a file brought, or why it brought nothing. */
export type Imported =
  | { readonly name: string; readonly cloud: CloudSnapshot; /** What is special about it. */ readonly note: string }
  | { readonly problem: string };

export async function importCloud(file: File, newId: () => string): Promise<Imported> {
  const result = await decodeCloudFile(file, newId);
  if ("problem" in result) return result;
  const { engineVersion } = result.cloud;
  const other = `It was made by Tabcloud ${engineVersion}; this is ${version}, where runs from it may go another way.`;
  return { ...result, note: engineVersion === version ? "" : other };
}
