/** Group commit: several writes share one, which costs as much as all that one source tells. Come here for what an end may lose. */

/** What a transaction is made of. */
export interface Transaction {
  begin(): void;
  commit(): void;
  /** Never throws. */
  rollBack(): void;
}

export interface GroupCommit {
  /** Seen at once by this connection, and committed with the group. Throws what `work` throws, undone alone, or what the commit of an earlier group threw. */
  write(work: () => void): void;
  /** Commits what is not committed; throws what that threw, or the commit of an earlier group. */
  flush(): void;
}

/** Writes in one group: an end before its commit costs us what so many sources told, which are then asked again. */
const MOST = 8;

/** Milliseconds that a group stays open at most; other processes that would write wait as long. */
const WAIT = 50;

export function groupCommit(transaction: Transaction): GroupCommit {
  let uncommitted: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let earlier: { readonly error: unknown } | null = null;

  function begin(): void {
    transaction.begin();
    timer = setTimeout(commitInTime, WAIT);
    timer.unref();
  }
  function commit(): void {
    clearTimeout(timer);
    uncommitted = [];
    try {
      transaction.commit();
    } catch (error) {
      transaction.rollBack();
      throw error;
    }
  }
  /** Nobody waits for it: what it throws is told to who comes next. */
  function commitInTime(): void {
    try {
      commit();
    } catch (error) {
      earlier = { error };
    }
  }
  /** A savepoint before each write would copy every page that two of them touch: what stood beside a bad one is written again. */
  function undo(): void {
    const works = uncommitted;
    clearTimeout(timer);
    uncommitted = [];
    transaction.rollBack();
    try {
      if (works.length > 0) redo(works);
    } catch (error) {
      earlier = { error };
    }
  }
  function redo(works: readonly (() => void)[]): void {
    transaction.begin();
    try {
      for (const work of works) work();
    } catch (error) {
      transaction.rollBack();
      throw error;
    }
    commit();
  }
  function throwEarlier(): void {
    const failed = earlier;
    earlier = null;
    if (failed !== null) throw failed.error;
  }
  return {
    write: (work) => {
      throwEarlier();
      if (uncommitted.length === 0) begin();
      try {
        work();
      } catch (error) {
        undo();
        throw error;
      }
      uncommitted.push(work);
      if (uncommitted.length === MOST) commit();
    },
    flush: () => {
      throwEarlier();
      if (uncommitted.length > 0) commit();
    },
  };
}
