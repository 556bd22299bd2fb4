import type { Account } from "./service/service";

/** What an ARN is made of; most services leave region and account to the account they work for. */
export interface ArnParts {
  readonly service: string;
  readonly resource: string;
  /** Empty where a service's names are global: `""` for S3 and IAM. */
  readonly region?: string;
  /** Empty where the account is not part of the name: `""` for S3. */
  readonly accountId?: string;
}

/** `arn:aws:<service>:<region>:<account>:<resource>`. */
export function arn(account: Account, { service, resource, region, accountId }: ArnParts): string {
  return `arn:aws:${service}:${region ?? account.region}:${accountId ?? account.accountId}:${resource}`;
}

/**
 * `/subscriptions/<guid>/resourceGroups/<group>/providers/<namespace>/<type>/<name>`; nested types go on with type and name. Compare with
 * {@link sameAzureId}.
 */
export function azureId(account: Account, namespace: string, ...typesAndNames: string[]): string {
  const group = `/subscriptions/${account.subscriptionId}/resourceGroups/${account.resourceGroup}`;
  return [group, "providers", namespace, ...typesAndNames].join("/");
}

/** Whether two Azure ids name one resource: case does not count. */
export function sameAzureId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** `projects/<project>/<path...>`. */
export function gcpName(account: Account, ...path: string[]): string {
  return ["projects", account.projectId, ...path].join("/");
}

/** `https://www.googleapis.com/<api>/projects/<project>/<path...>`, with `api` such as `compute/v1`. */
export function gcpSelfLink(account: Account, api: string, ...path: string[]): string {
  return `https://www.googleapis.com/${api}/${gcpName(account, ...path)}`;
}
