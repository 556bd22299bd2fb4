/** How a value in a resource is best shown. */
export type ValueFormat = "text" | "bytes" | "moment" | "number" | "json" | "tags";

/** One line of a resource's details. */
export interface ResourceField {
  /** Dotted path into the stored value: `encryption.algorithm`. */
  readonly path: string;
  readonly label: string;
  readonly format?: ValueFormat;
}

/** Something that holds of a stored value at a moment: a field is there or not, or a moment in it lies ahead. */
export interface ResourceCondition {
  /** Dotted path into the stored value. */
  readonly path: string;
  readonly is: "present" | "absent" | "ahead";
}

/** A state that a resource may be in. */
export interface ResourceState {
  /** `in flight`. */
  readonly state: string;
  /** All must hold; always when absent. */
  readonly when?: readonly ResourceCondition[];
}

/**
 * What a service says of one kind of its resources, as data: the panels draw every service from this alone, and know none.
 * Stores are keyed by tuples (`core/store/keys`); a child's key begins with its parent's.
 */
export interface ResourceKind {
  /** `bucket`, `object`, `queue`; dialects give the native noun. */
  readonly kind: string;
  /** Store of this service whose entries are the resources. */
  readonly store: string;
  /** Kind of the parent, and how many leading parts of this key are the parent's whole key. */
  readonly parent?: { readonly kind: string; readonly parts: number };
  /** Which part of the key is shown as the name; the last by default. */
  readonly namePart?: number;
  /** Names are shown as a folder tree split at this character. */
  readonly separator?: string;
  readonly fields: readonly ResourceField[];
  /** A payload inside the value that can be viewed as text, JSON, hex or image. */
  readonly content?: { readonly path: string; readonly typePath?: string };
  /** Its states, of which the first that holds is the present one: told by the value and the clock, since nothing is written when a moment comes. */
  readonly states?: readonly ResourceState[];
}
