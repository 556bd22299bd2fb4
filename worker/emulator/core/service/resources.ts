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

/** What a resource is where things are wired to each other. */
export type NodeShape = "container" | "queue" | "topic" | "bus" | "rule" | "function" | "table";

/** The names by which others lead to a resource. */
export interface ResourceAddress {
  /** Drawn as such. Absent for a part of its parent, whose names lead to the parent: a stream, an alias. */
  readonly as?: NodeShape;
  /** Dotted paths into the stored value: `arn`, `url`. */
  readonly paths: readonly string[];
  /** Its plain name leads to it, too. */
  readonly byName?: true;
  /** Where the output of a call that delivers to it says that it failed all the same; the call itself went well. */
  readonly failure?: string;
}

/** One end of a wire. */
export interface WireEnd {
  /** Dotted path to a name, in the entry of the wire. */
  readonly path: string;
  /** What it may lead to, where names are not unique. */
  readonly shapes?: readonly NodeShape[];
  /** The plain name that `true` stands for. */
  readonly whenTrue?: string;
  /** Path to what it is, where the name is none of this cloud's: a mail address, a phone. */
  readonly outside?: string;
}

/** A way that events take between resources, as a stored value speaks of it. */
export interface ResourceWire {
  /** Dotted path to a list: a wire for each of its entries, which the paths below are in. Absent: one wire, paths are in the value. */
  readonly each?: string;
  /** Default: the resource itself. */
  readonly from?: WireEnd | "parent";
  /** Default: the resource itself. */
  readonly to?: WireEnd;
  /** Path to the id that the hops on this wire give as their `via`. */
  readonly via?: string;
  /** What goes this way: all that is sent, what failed for good, or what became of a call. */
  readonly carries: "events" | "deadLetters" | "successes" | "failures";
  /** Paths to what lets only some through. */
  readonly filters?: readonly string[];
  /** It is off unless the value (not the entry) says this. */
  readonly on?: { readonly path: string; readonly is: string | boolean };
}

/** How the children of a resource are looked at as a whole. */
export interface ResourceViewer {
  /** `messages` by their states; `items` as a grid of their attributes; `invocations` with what came of them. */
  readonly as: "messages" | "items" | "invocations";
  /** Kind of the children. */
  readonly of: string;
  /** Paths in the child that are columns, in order; labels are its fields'. Of items: path to the attributes, as the first. */
  readonly columns: readonly string[];
  /** Of items: paths in the resource's own value to the names of the first columns. */
  readonly keys?: readonly string[];
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
  /** Path in the value to what people call it, where its key says little. */
  readonly title?: string;
  /** Names are shown as a folder tree split at this character. */
  readonly separator?: string;
  readonly fields: readonly ResourceField[];
  /** A payload inside the value that can be viewed as text, JSON, hex or image. */
  readonly content?: { readonly path: string; readonly typePath?: string };
  /** Its states, of which the first that holds is the present one: told by the value and the clock, since nothing is written when a moment comes. */
  readonly states?: readonly ResourceState[];
  /** By which names it is a target or a source of events. */
  readonly address?: ResourceAddress;
  /** What its value says of ways from here to there. */
  readonly wires?: readonly ResourceWire[];
  readonly viewer?: ResourceViewer;
}
