import type { CallSite } from "../../core/service/call";
import type { WireNames } from "../../core/wire";
import type { CallSignature, DictionaryPage } from "./record-page";

/** Everything that rows of a stream refer to by number. */
export interface StreamNames extends WireNames {
  readonly signatures: readonly CallSignature[];
  readonly stores: readonly string[];
}

/** What a column of 16 bits can name. */
const MAX_NAMES = 65_536;
const OTHER: CallSignature = { provider: "other", instance: "other", service: "other", operation: "other" };

/** Numbers signatures and stores in the order they appear; past what a page can name, all further ones are `other`. */
export class NameTables {
  readonly signatures: CallSignature[] = [];
  readonly stores: string[] = [];
  /** By site first: the pipelines of a run keep theirs, and asking by identity is fastest. */
  readonly #bySite = new WeakMap<CallSite, Map<string, number>>();
  readonly #byText = new Map<string, number>();
  readonly #stores = new Map<string, number>();
  #site: CallSite | undefined;
  #operations = new Map<string, number>();

  signature(site: CallSite, operation: string): number {
    if (site !== this.#site) {
      let operations = this.#bySite.get(site);
      if (operations === undefined) this.#bySite.set(site, (operations = new Map<string, number>()));
      this.#operations = operations;
      this.#site = site;
    }
    const known = this.#operations.get(operation);
    if (known !== undefined) return known;
    const number = this.named(site.provider, site.instance, site.service, operation);
    this.#operations.set(operation, number);
    return number;
  }

  named(provider: string, instance: string, service: string, operation: string): number {
    const signature = { provider, instance, service, operation };
    return numberOf(this.#byText, JSON.stringify(Object.values(signature)), this.signatures, signature, OTHER);
  }

  store(name: string): number {
    return this.#stores.get(name) ?? numberOf(this.#stores, name, this.stores, name, "other");
  }
}

function numberOf<T>(known: Map<string, number>, text: string, list: T[], item: T, other: T): number {
  const number = known.get(text);
  if (number !== undefined) return number;
  if (list.length >= MAX_NAMES) return MAX_NAMES - 1;
  const added = list.push(list.length === MAX_NAMES - 1 ? other : item) - 1;
  known.set(text, added);
  return added;
}

/** What was added to the names since a moment. */
export class NameGains {
  #signatures = 0;
  #stores = 0;
  #words = 0;
  #shapes = 0;

  constructor(private readonly names: StreamNames) {}

  take(): DictionaryPage {
    const { signatures, stores, words, shapes } = this.names;
    const gained = {
      signatures: signatures.slice(this.#signatures),
      stores: stores.slice(this.#stores),
      strings: words.slice(this.#words),
      shapes: shapes.slice(this.#shapes),
    };
    this.#signatures = signatures.length;
    this.#stores = stores.length;
    this.#words = words.length;
    this.#shapes = shapes.length;
    return gained;
  }
}
