/** What became of opening a link. */
class Shared {
  /** Why a link could not be opened. */
  problem = $state<string | undefined>();
}

export const shared = new Shared();
