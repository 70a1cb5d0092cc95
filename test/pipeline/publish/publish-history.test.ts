/** For any sequence of events, a walk over the archive finds every published article once. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Newsroom, range } from '../../support/newsroom.js';
import { articleId, aText, at, someChanges } from '../../support/stored-articles.js';
import { runs } from '../../support/thorough.js';

type Event =
  | { readonly kind: 'arrive'; readonly count: number; readonly from: 'new' | 'old' }
  | { readonly kind: 'withdraw' | 'restore' | 'edit'; readonly which: number }
  | { readonly kind: 'publish' }
  | { readonly kind: 'kill'; readonly after: number };

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('arrive' as const),
      count: fc.integer({ min: 1, max: 45 }),
      from: fc.constantFrom('new' as const, 'old' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('withdraw' as const, 'restore' as const, 'edit' as const),
      which: fc.nat(),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: 'publish' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill' as const), after: fc.nat({ max: 12 }) }) },
);

/** Numbers articles in order of arrival; late articles get earlier hours. */
class History {
  readonly room = new Newsroom();
  readonly standing = new Set<number>();
  readonly gone = new Set<number>();
  #next = 1;

  async play(happens: Event): Promise<void> {
    if (happens.kind === 'arrive') await this.#arrive(happens.count, happens.from);
    else if (happens.kind === 'publish') await this.room.publish();
    else if (happens.kind === 'kill') await this.#kill(happens.after);
    else await this.#change(happens.kind, happens.which);
  }

  async #arrive(count: number, from: 'new' | 'old'): Promise<void> {
    const numbers = range(this.#next, this.#next + count - 1);
    this.#next += count;
    for (const n of numbers) this.standing.add(n);
    await this.room.take(numbers, from === 'old' ? { publishedAt: at(-500), place: 0 } : {});
  }

  async #change(kind: 'withdraw' | 'restore' | 'edit', which: number): Promise<void> {
    const pool = [...(kind === 'restore' ? this.gone : this.standing)];
    const n = pool[which % Math.max(1, pool.length)];
    if (n === undefined) return;
    if (kind === 'withdraw') await this.room.withdraw(n);
    const state = (await this.room.store.fetchStates()).get('paper')!;
    if (kind === 'restore') await this.room.store.saveFetch(state, someChanges({ restored: [n] }));
    const edited = { ref: n, ...aText(n, { title: `Edited ${n}` }), updatedAt: at(3000), topics: [] };
    if (kind === 'edit') await this.room.store.saveFetch(state, someChanges({ changed: [edited] }));
    if (kind === 'edit') return;
    const [to, away] = kind === 'withdraw' ? [this.gone, this.standing] : [this.standing, this.gone];
    to.add(n);
    away.delete(n);
  }

  async #kill(after: number): Promise<void> {
    this.room.sink.dieAfter = after;
    await this.room.publish().catch(() => {});
    this.room.sink.dieAfter = null;
  }
}

function walk(room: Newsroom, channel: string, format: string): { head: string[]; archives: string[][] } {
  const ids = (path: string) =>
    [...room.sink.text(path).matchAll(/<(?:id|guid[^>]*)>(tag:news\.example,[^<]*)</g)].map(([, id]) => id!);
  const archives: string[][] = [];
  for (let path = `${channel}.${format}`; ; ) {
    const previous = /rel="prev-archive"[^>]*href="https:\/\/news\.example\.org\/feeds\/([^"]*)"/.exec(
      room.sink.text(path),
    )?.[1];
    if (previous === undefined) return { head: ids(`${channel}.${format}`), archives };
    archives.push(ids(previous));
    path = previous;
  }
}

it('publishes each visible article exactly once in the archive, for any history', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 25 }), async (events) => {
      const history = new History();
      for (const happens of events) await history.play(happens);
      const { room, standing } = history;
      await room.publish();
      if (!room.sink.files.has('all.rss')) {
        expect(standing.size).toBe(0);
        return;
      }
      const wanted = [...standing].map(articleId).sort();
      for (const format of ['rss', 'atom']) {
        const { head, archives } = walk(room, 'all', format);
        expect([...new Set([...head, ...archives.flat()])].sort()).toEqual(wanted);
        expect(new Set(archives.flat()).size).toBe(archives.flat().length);
        for (const full of archives.slice(1)) expect(full.length).toBeLessThanOrEqual(100);
      }
      expect(walk(room, 'all', 'rss')).toEqual(walk(room, 'all', 'atom'));
      expect(await room.publish()).toMatchObject({ changed: false, files: { written: 0 } });
    }),
    { numRuns: runs(30) },
  );
});
