import type { Page } from "playwright-core";

/** Everything in one of the vault's stores, as JSON. Looking makes no database where there is none. */
export const stored = (page: Page, store: string): Promise<string> =>
  page.evaluate(async (store) => {
    if (!(await indexedDB.databases()).some(({ name }) => name === "tabcloud")) return "[]";
    return new Promise<string>((resolve) => {
      const request = indexedDB.open("tabcloud");
      request.onsuccess = () => {
        const { result: database } = request;
        const answer = (all: unknown[]): void => {
          database.close();
          resolve(JSON.stringify(all));
        };
        if (!database.objectStoreNames.contains(store)) return answer([]);
        const all = database.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => answer(all.result);
      };
    });
  }, store);
