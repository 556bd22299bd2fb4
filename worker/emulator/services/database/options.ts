import type { ListOpts, Opts } from "../../core/paging";
import type { Billing, Expr, Filter, Item, Key, KeyCondition, Path } from "./types";

/** On what condition a write happens. */
export interface ConditionOptions extends Opts {
  /** What the stored item (or none) must be like, checked in the same step; if it is not, `FailedPrecondition` and nothing is written. */
  condition?: Filter | Expr;
  /** Put the item that failed the condition into `details.item` of the error. */
  returnOldOnFailure?: boolean;
  /** Azure, GCP: only if the item has this etag, from a {@link WriteResult}; on AWS `Unimplemented`. */
  ifMatch?: string;
}

/** How an item is put. */
export interface PutItemOptions extends ConditionOptions {
  /** Answer the item that was replaced. */
  returnOld?: boolean;
}

/** How an item is deleted. */
export interface DeleteItemOptions extends ConditionOptions {
  /** Answer the item that was deleted. */
  returnOld?: boolean;
}

/** How an item is read. */
export interface GetItemOptions extends Opts {
  /** Costs more on AWS and Azure. Every read here sees every write before it, asked or not. */
  consistentRead?: boolean;
  /** Only these parts of the item. */
  projection?: Path[] | Expr;
}

/** How an item is updated. */
export interface UpdateItemOptions extends ConditionOptions {
  /** What is answered: nothing, the whole item before or after (default), or only the attributes that the update names. */
  returnValues?: "NONE" | "ALL_OLD" | "UPDATED_OLD" | "ALL_NEW" | "UPDATED_NEW";
}

/** What a query or scan leaves out, and where a page of it ends. */
export interface ReadOptions extends ListOpts {
  /** Read this index instead of the table. */
  index?: string;
  /** Only items like this. What it leaves out is read, counted and paid for all the same. */
  filter?: Filter | Expr;
  projection?: Path[] | Expr;
  consistentRead?: boolean;
}

/** Which items of one partition to read. */
export interface QueryOptions extends ReadOptions {
  key: KeyCondition | Expr;
  /** By rising sort key; default true. */
  scanForward?: boolean;
  /** Only count them. */
  select?: "COUNT";
}

/** Which part of a table to read, and how. */
export interface ScanOptions extends ReadOptions {
  /** With `totalSegments`: only the partitions of this segment, counted from 0, so that several readers share the work. */
  segment?: number;
  /** 1 to 1,000,000. */
  totalSegments?: number;
  /** Only count them. */
  select?: "COUNT";
}

/** How items of a batch are read. */
export interface BatchGetOptions extends Opts {
  projection?: Path[] | Expr;
  consistentRead?: boolean;
}

/** Items to put and to delete, all or none. */
export interface TransactItems {
  puts?: Item[];
  deletes?: Key[];
}

/** How a transaction may be repeated. */
export interface TransactOptions extends Opts {
  /** The same token within 10 minutes: with the same operations it succeeds without effect, with others it is `InvalidArgument`. */
  idempotencyToken?: string;
}

/** What changes of a table; what is absent stays. */
export interface UpdateTableInput extends Opts {
  billing?: Billing;
  deletionProtection?: boolean;
}

/** Which records of a stream to read. */
export interface GetStreamRecordsOptions extends ListOpts {
  /** From the oldest record on (default), or from now on. A page token goes before it. */
  position?: "TRIM_HORIZON" | "LATEST";
  /** A stream of the table that was switched off, or of a table that was deleted. */
  streamArn?: string;
}
