import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CopyTable } from '../../src/cluster/copy-table.js';
import { createStoryIndex, type IndexedArticle } from '../../src/cluster/story-index.js';
import { overlap, sameText } from '../../src/cluster/text/minhash.js';
import { readArticle } from '../../src/cluster/text/reading.js';
import { ferry, inventedText, tunnel, wire } from '../support/wire.js';

function storiesOf(articles: readonly IndexedArticle[], windowHours?: number) {
  const index = createStoryIndex({ windowHours });
  for (const article of articles) index.add(article);
  return index.stories();
}
const groups = (articles: readonly IndexedArticle[], windowHours?: number) =>
  storiesOf(articles, windowHours).map(({ articleIds }) => articleIds.join(' '));

/** Different for each word and number, to shuffle words. */
const rank = (word: string, n: number) =>
  [...`${word} ${n}`].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1009, n);

describe('createStoryIndex', () => {
  it('groups reports by event', () => {
    expect(groups([...ferry, ...tunnel])).toEqual(['f1 f2 f3', 't1 t2']);
  });

  it('treats all codes of Norwegian as one language', () => {
    const first = wire('n1', 1, {
      language: 'no',
      title: 'Regjeringen stenger Vestlandsbanken etter Grønli-granskingen',
      summary: 'Statsråd Kari Grønli stenger Vestlandsbanken i Haugesund etter granskingen av hvitvasking.',
    });
    const second = wire('n2', 2, {
      sourceId: 'post',
      language: 'nb-NO',
      title: 'Vestlandsbanken stenges: Grønli varsler gransking',
      summary: 'Finansminister Kari Grønli stenger Vestlandsbanken i Haugesund etter hvitvasking.',
    });
    expect(groups([first, second])).toEqual(['n1 n2']);
  });

  it('joins reports of one event in two languages, led by a language of the section', () => {
    const german = { language: 'de', sourceId: 'bote' };
    const fähre = wire('d1', 2, {
      ...german,
      title: 'Fähre Aldervane läuft vor Velmora auf Sandbank',
      summary: 'Rettungsboote brachten alle 212 Menschen der Aldervane nach Velmora. '.repeat(9),
    });
    const museum = wire('d2', 2, { ...german, title: 'Museum der Uhren öffnet wieder', summary: 'Ein ruhiger Tag.' });
    expect(groups([...ferry, fähre, museum])).toEqual(['f1 f2 d1 f3', 'd2']);
    const told = (languages?: readonly string[]) => {
      const index = createStoryIndex({ languages });
      for (const article of [...ferry, fähre]) {
        index.add(article);
        index.stories();
      }
      return index.stories()[0]!;
    };
    expect(told()).toMatchObject({ leadId: 'd1', articleIds: ['f1', 'f2', 'd1', 'f3'] });
    expect(told(['en', 'de'])).toMatchObject({ id: told().id, leadId: 'f3' });
    expect(told(['en']).articleIds).toEqual(['f1', 'f2', 'f3']);
  });

  it('assigns every article to exactly one story', () => {
    const alone = wire('x', 1, { title: 'Quiet day at the museum of clocks' });
    expect(groups([alone])).toEqual(['x']);
    expect(createStoryIndex().stories()).toEqual([]);
  });

  it('is independent of the order of articles', () => {
    const all = [...ferry, ...tunnel];
    const expected = storiesOf(all);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(storiesOf(shuffled)).toEqual(expected);
      }),
    );
  });

  it('keeps the id of a story when others join', () => {
    const index = createStoryIndex();
    index.add(ferry[0]!);
    const before = index.stories()[0]!.id;
    for (const article of ferry) index.add(article);
    expect(index.stories().map(({ id, articleIds }) => [id, articleIds.length])).toEqual([[before, 3]]);
  });

  it('closes a story after the window, by article dates', () => {
    const late = { ...ferry[1]!, publishedAt: new Date(ferry[0]!.publishedAt.getTime() + 80 * 3_600_000) };
    expect(groups([ferry[0]!, late])).toEqual(['f1', 'f2']);
    expect(groups([ferry[0]!, late], 100)).toEqual(['f1 f2']);
  });

  it('limits stories to a week', () => {
    const daily = Array.from({ length: 9 }, (_, day) => ({
      ...ferry[0]!,
      id: `d${day}`,
      sourceId: `s${day}`,
      publishedAt: new Date(ferry[0]!.publishedAt.getTime() + day * 86_400_000),
    }));
    expect(groups(daily)[0]).toBe('d0 d1 d2 d3 d4 d5 d6 d7');
  });

  it('never joins two stories of one language through another language', () => {
    const german = wire('d1', 2, {
      language: 'de',
      sourceId: 'bote',
      title: 'Fähre Aldervane vor Velmora auf Sandbank; Brenholt-Tunnel eröffnet im April',
      summary: 'Rettungsboote brachten 212 Menschen nach Velmora. Durch den Brenholt fahren im April die ersten Züge.',
    });
    expect(groups([...ferry, ...tunnel, german])).toEqual(['f1 f2 d1 f3', 't1 t2']);
  });

  it('does not group daily formats with similar words', () => {
    const weather = (id: string, town: string, hour: number) =>
      wire(id, hour, {
        sourceId: id,
        title: `Weather forecast: ${town}`,
        summary: `Sunny spells and light wind over ${town} today, showers tonight, ten degrees.`,
      });
    expect(groups([weather('w1', 'Velmora', 0), weather('w2', 'Brenholt', 1)])).toEqual(['w1', 'w2']);
    const briefing = wire('b', 4, {
      title: 'Morning briefing: Tuesday',
      summary: `${ferry[0]!.title}. Also: ${tunnel[0]!.title}.`,
    });
    expect(groups([...ferry, briefing])).toEqual(['f1 f2 f3', 'b']);
    const early = { ...briefing, id: 'e', publishedAt: new Date(ferry[0]!.publishedAt.getTime() - 60_000) };
    expect(groups([early, ...ferry])).toEqual(['e', 'f1 f2 f3']);
  });

  it('does not group daily news about a team', () => {
    const told = wire('s', 1, {
      sourceId: 'harbour',
      title: 'Rovers striker Okoro ready for cup final, says coach Aldermann',
      summary: 'Coach Aldermann believes that Okoro, 18, is ready for the cup final in Brenholt on Sunday.',
    });
    const rolling = (id: string, sourceId: string, title: string) =>
      wire(id, 2, { sourceId, title, summary: 'The latest on Rovers, coach Aldermann and striker Okoro.' });
    const live = rolling('l', 'lantern', 'Rovers news and transfers: Aldermann praises Okoro, cup final ticket latest');
    const gossip = rolling('g', 'ledger', 'Rovers transfer rumours: Aldermann keeps Okoro for the cup final');
    expect(groups([told, live])).toEqual(['s', 'l']);
    expect(groups([told, gossip])).toEqual(['s', 'g']);
    expect(groups([told, { ...live, title: 'Aldermann praises Okoro before cup final of Rovers' }])).toEqual(['s l']);
  });

  it('groups shopping tips only with their copies', () => {
    const tip = (id: string, title: string) =>
      wire(id, 1, {
        sourceId: id,
        title,
        summary: `The Brenholt Kettle K9 of Velmora Works costs less at ${id}, our testers say.`,
      });
    const tips = [tip('t1', 'The best kettle deals: Velmora Kettle K9'), tip('t2', 'Velmora Kettle K9 now 30% off')];
    expect(groups(tips)).toEqual(['t1', 't2']);
    const copied = [tip('t1', tips[0]!.title), { ...tips[0]!, id: 't3', sourceId: 't3', summary: inventedText(3, 60) }];
    const copies = [{ ...copied[0]!, summary: copied[1]!.summary }, copied[1]!];
    expect(groups(copies)).toEqual(['t1 t3']);
  });

  it('is led by the newest full report', () => {
    expect(storiesOf(ferry)[0]!.leadId).toBe('f3');
    const full = {
      ...ferry[1]!,
      contentHtml: `<p>${ferry[1]!.summary} ${'The captain gave evidence. '.repeat(9)}</p>`,
    };
    expect(storiesOf([ferry[0]!, full, ferry[2]!])[0]!.leadId).toBe('f2');
  });

  it("tells a source's update from a correction, although most of the text is the same", () => {
    const [names, crash, rescue] = [2, 3, 4].map((seed) => inventedText(seed, 4));
    const text = { sourceId: 'post', summary: inventedText(1, 60) };
    const first = wire('u1', 0, { ...text, title: `${names} ${crash}` });
    const update = wire('u2', 3, { ...text, title: `${names} ${rescue} ${inventedText(5, 5)}` });
    const correction = wire('u3', 4, { ...text, title: `${update.title} ${inventedText(6, 1)}` });
    const wireCopy = wire('u4', 6, { ...text, sourceId: 'herald', title: inventedText(8, 8) });
    const all = [first, update, correction];
    expect(groups(all)).toEqual(['u1 u2 u3']);
    expect(storiesOf(all)[0]!.leadId).toBe('u2');
    expect(groups([first, wireCopy])).toEqual(['u1 u4']);
  });

  it('finds a shortened copy in the story of its original', () => {
    const originals = Array.from({ length: 60 }, (_, n) =>
      wire(`o${n}`, n / 60, { title: inventedText(n, 6), summary: inventedText(n + 1000, 50) }),
    );
    const copies = originals.map((article, n) => {
      const words = `${article.title} ${article.summary}`.split(' ').filter((_, at) => at % 12 !== n % 12);
      return {
        ...article,
        id: `c${n}`,
        sourceId: 'other',
        title: words.slice(0, 5).join(' '),
        summary: words.slice(5).join(' '),
      };
    });
    const stories = storiesOf([...originals, ...copies]);
    expect(stories).toHaveLength(60);
    for (const { articleIds } of stories) expect(articleIds[0]!.slice(1)).toBe(articleIds[1]!.slice(1));
  });

  it('keeps a story together if one source repeats its words in 300 articles of 310', () => {
    const reports = [
      'The ferry Northern Star sank off Halden harbour on Tuesday. Coastguard crews rescued twelve passengers.',
      'Coastguard boats rescued twelve passengers after the ferry Northern Star sank outside the harbour of Halden.',
      'All twelve passengers of the Northern Star were rescued by the coastguard when the ferry sank off Halden.',
      'The ferry Northern Star took on water near Halden harbour. The coastguard rescued twelve passengers.',
      'Investigators examine why the ferry Northern Star sank off Halden harbour with twelve passengers.',
    ];
    const others = [
      'Lawmakers approved the annual budget late on Monday after two weeks of debate about pensions.',
      'The city museum shows glass from four centuries in its renovated halls.',
      'The club paid a record fee for the striker, who signed for five years.',
      'Farmers expect lower wheat prices after the largest harvest in ten years.',
      'A telescope detected water vapour in the atmosphere of a planet far away.',
    ];
    const fillers = 'garden recipe tulips market carpet lamp poem violin bicycle cheese window mountain school'.split(
      ' ',
    );
    const story = 'ferry Northern Star sank Halden harbour coastguard rescued twelve passengers water sinks'.split(' ');
    const flood = Array.from({ length: 300 }, (_, n) => {
      const words = [...story, ...fillers].sort((a, b) => rank(a, n) - rank(b, n));
      const title = fillers.filter((word) => rank(word, n) % 3 === 0).join(' ');
      return wire(`h${n}`, 0, { sourceId: 'loud', title: `${title} ferry Halden`, summary: words.join(' ') });
    });
    const report = (kind: string, hour: number) => (summary: string, n: number) =>
      wire(`${kind}${n}`, hour + n / 10, {
        sourceId: `paper-${n}`,
        title: summary.split(' ').slice(0, 9).join(' '),
        summary,
      });
    const found = storiesOf([...flood, ...others.map(report('o', 1)), ...reports.map(report('s', 2))]);
    const told = found.flatMap(({ articleIds }) => articleIds.filter((id) => id.startsWith('s')).join(' ') || []);
    expect(told).toEqual(['s0 s1 s2 s3 s4']);
  });

  it('ignores a known id', () => {
    expect(groups([ferry[0]!, { ...tunnel[0]!, id: 'f1' }])).toEqual(['f1']);
  });
});

describe('related', () => {
  const index = createStoryIndex();
  const copy = { ...ferry[0]!, id: 'copy', sourceId: 'copyist' };
  const akin = Array.from({ length: 6 }, (_, n) =>
    wire(`a${n}`, n, {
      sourceId: n < 4 ? 'lantern' : `other-${n}`,
      title: `${inventedText(n + 50, 3)} ${n % 2 === 0 ? 'ferry' : 'harbour'}`,
      summary: `${inventedText(n + 90, 12)} ${n % 3 === 0 ? 'lifeboats' : 'passengers'}`,
    }),
  );
  for (const article of [...ferry, ...tunnel, copy, ...akin]) index.add(article);
  const ids = (...asked: Parameters<typeof index.related>) => index.related(...asked).map(({ id }) => id);

  it('returns other reports of the same event', () => {
    expect(ids('f1', 9, 'same-story').sort()).toEqual(['copy', 'f2', 'f3']);
  });

  it('returns other events without copies, at most two per source', () => {
    const others = ids('f1', 9, 'other-stories');
    expect(others.some((id) => id.startsWith('f') || id === 'copy')).toBe(false);
    expect(others.filter((id) => /^a[0-3]$/.test(id))).toHaveLength(2);
    expect(others).toEqual(expect.arrayContaining(['a4', 'a5']));
  });

  it('returns both by default, nearest first, without the article itself', () => {
    const scored = index.related('f1', 3);
    expect(
      scored
        .map(({ id }) => id)
        .slice(0, 2)
        .sort(),
    ).toEqual(['f2', 'f3']);
    expect(scored.map(({ score }) => score)).toEqual(scored.map(({ score }) => score).sort((a, b) => b - a));
  });

  it('returns nothing for an unknown id', () => {
    expect(index.related('nobody', 5)).toEqual([]);
  });
});

const labelled = new URL('../../../shared/corpus/news/stories-googlenews.jsonl', import.meta.url);
if (existsSync(labelled)) {
  describe('over eleven thousand labelled headlines', () => {
    const rows = readFileSync(labelled, 'utf8').split('\n').filter(Boolean).map(readRow);
    const index = createStoryIndex();
    for (const row of rows) index.add(row);
    const byId = new Map(rows.map((row) => [row.id, row]));
    const readings = new Map(rows.map((row) => [row.id, readArticle(row)]));
    const copies = (a: string, b: string) =>
      overlap(readings.get(a)!.signature, readings.get(b)!.signature) >= sameText;

    it('returns other stories only, without copies, at most two per source', () => {
      const stories = new Map(index.stories().flatMap(({ id, articleIds }) => articleIds.map((each) => [each, id])));
      for (const { id } of rows.filter((_, at) => at % 25 === 0)) {
        const others = index.related(id, 4, 'other-stories').map((other) => other.id);
        expect(others.filter((other) => stories.get(other) === stories.get(id) || copies(other, id))).toEqual([]);
        expect(new Set(others.map((other) => stories.get(other))).size).toBe(others.length);
        const sources = others.map((other) => byId.get(other)!.sourceId);
        for (const source of sources) expect(sources.filter((each) => each === source).length).toBeLessThanOrEqual(2);
      }
    }, 300_000);

    // Some texts occur twice under two events, and count as errors here.
    it('rarely treats reports on different events as copies', () => {
      const table = new CopyTable<string>();
      const copied = new Set<string>();
      const wrong = new Set<string>();
      for (const { id, story } of rows) {
        table.eachCopy(readings.get(id)!.signature, (other) => {
          copied.add(id);
          if (byId.get(other)!.story !== story) wrong.add(id);
        });
        table.add(readings.get(id)!.signature, id);
      }
      expect(copied.size).toBeGreaterThan(100);
      expect(wrong.size / rows.length).toBeLessThan(0.02);
    });
  });
}

function readRow(line: string): IndexedArticle & { readonly story: string } {
  const row = JSON.parse(line) as Omit<IndexedArticle, 'publishedAt'> & { story: string; publishedAt: string };
  return { ...row, publishedAt: new Date(row.publishedAt) };
}
