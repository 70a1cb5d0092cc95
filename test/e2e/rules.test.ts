/** Rules in complete runs: the effect on articles when rules are added, changed and removed. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSite, type TestSite } from '../support/a-site.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let origin: FeedServer;
let site: TestSite;
beforeEach(async () => {
  origin = await serveFeeds();
  site = aSite({ sources: [`{ id: a, url: "${origin.url}/a" }`] });
});
afterEach(async () => {
  await origin.close();
  site.remove();
});

const item = (title: string, hour: number) => ({ title, date: `2026-11-24T0${hour}:00:00Z` });
const ferry = item('Ferry sails again', 6);
const stars = item('Your horoscope', 7);
const quay = item('Opinion | The quay must go', 8);
const serve = (...items: Parameters<typeof rss>[1]) => origin.pages.set('/a', { body: rss('Paper A', items) });
const rules = (...lines: string[]) =>
  site.configure({
    sources: [`{ id: a, url: "${origin.url}/a", every: 10m }`],
    more: lines.length === 0 ? [] : ['rules:', ...lines.map((line) => `  - ${line}`)],
  });
const titles = () => site.json('all.json').items.map(({ title }) => title);
const isoDay = (day: number) => `2026-11-${day}T09:07:00Z`;

describe('a rule that drops', () => {
  it('drops a new article, which is stored and never counts as new again', async () => {
    rules('drop: { title: [horoscope] }');
    serve(stars, ferry);
    const first = await site.run(isoDay(24));
    expect(first.report.articles).toMatchObject({ added: 1, dropped: 1 });
    expect(titles()).toEqual(['Ferry sails again']);
    expect([...site.files().values()].join()).not.toContain('horoscope');

    serve(quay, stars, ferry);
    const second = await site.run(isoDay(25));
    expect(second.report.articles).toMatchObject({ added: 1, dropped: 0, withdrawn: 0 });
    expect(titles()).toEqual(['Opinion | The quay must go', 'Ferry sails again']);
  });

  it('is applied to published articles, which return with the same id and dates without the rule', async () => {
    rules();
    serve(quay, stars, ferry);
    await site.run(isoDay(24));
    const before = site.files();

    rules('drop: { title: [horoscope] }');
    const hidden = await site.run('2026-11-24T09:08:00Z');
    expect(hidden.report.changed).toBe(true);
    expect(titles()).not.toContain('Your horoscope');
    expect(site.read('all.atom')).toMatch(/<at:deleted-entry [^>]*ref="[^"]*your-horoscope"/);

    rules();
    await site.run('2026-11-24T09:09:00Z');
    expect(Object.fromEntries(site.files())).toEqual(Object.fromEntries(before));
  });

  it('keeps it hidden when news arrive', async () => {
    rules();
    serve(quay, stars, ferry);
    await site.run(isoDay(24));
    rules('drop: { title: [horoscope] }');
    await site.run('2026-11-24T09:08:00Z');
    serve(item('Tram stops', 9), quay, stars, ferry);
    await site.run(isoDay(25));
    const pages = [...site.files('articles').values()];
    expect(pages.filter((page) => page.includes('<body class="withdrawn">'))).toHaveLength(1);
    expect(pages.join()).not.toContain('horoscope');
  });

  it('applies to an article that its publisher changes', async () => {
    rules('drop: { title: [horoscope] }');
    const paper = (title: string) => serve({ ...ferry, title, link: 'https://paper.example/1' }, stars);
    paper('Ferry sails again');
    await site.run(isoDay(24));
    paper('Horoscope of a ferry');
    await site.run(isoDay(25));
    expect(titles()).toEqual([]);
    paper('Ferry sails again');
    await site.run(isoDay(26));
    expect(titles()).toEqual(['Ferry sails again']);
  });

  it('lets its publisher withdraw it', async () => {
    rules('drop: { title: [horoscope] }');
    const older = ['One', 'Two', 'Three'].map((title, i) => item(title, 5 - i));
    serve(quay, stars, ferry, ...older);
    await site.run(isoDay(24));
    serve(quay, ferry, ...older);
    await site.run(isoDay(25));
    expect((await site.run(isoDay(26))).report.articles.withdrawn).toBe(1);
    rules();
    await site.run(isoDay(27));
    expect(titles()).not.toContain('Your horoscope');
    expect(titles()).toHaveLength(5);
  });

  it('does not hide the copy of another source', async () => {
    const text =
      'The harbour office said at noon that the ferry to the outer islands sails again after two weeks of repairs to its hull and rudder in the old dock.';
    const copy = (home: string) => rss(home, [{ ...ferry, title: 'Ferry to the outer islands sails again', description: text }], `https://${home}.example/`); // biome-ignore format: one line
    origin.pages.set('/a', { body: copy('a') });
    origin.pages.set('/b', { body: copy('b') });
    const configure = (rule: string) =>
      site.configure({
        sources: [`{ id: a, url: "${origin.url}/a"${rule} }`, `{ id: b, url: "${origin.url}/b" }`],
      });
    configure('');
    await site.run(isoDay(24));
    const shown = () => site.json('all.json').items.map(({ url }) => new URL(String(url)).hostname);
    expect(shown()).toHaveLength(1);
    const [winner] = shown();
    const loser = winner === 'a.example' ? 'b.example' : 'a.example';
    site.configure({
      sources: ['a', 'b'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}" }`),
      more: ['rules:', `  - drop: { url: ["${winner}"] }`],
    });
    await site.run('2026-11-24T09:08:00Z');
    expect(shown()).toEqual([loser]);
  });
});

describe('a rule that keeps', () => {
  it('hides all other articles', async () => {
    rules('keep: { title: [ferry] }');
    serve(quay, stars, ferry);
    const { report } = await site.run(isoDay(24));
    expect(report.articles).toMatchObject({ added: 1, dropped: 2 });
    expect(titles()).toEqual(['Ferry sails again']);
  });
});

describe('a rule that retitles', () => {
  it('changes the headline in every document, also of stored articles, but not id and dates', async () => {
    rules();
    serve(quay, ferry);
    await site.run(isoDay(24));
    const before = site.json('all.json').items;
    rules('retitle: { cut: ["/^Opinion \\\\| /"] }');
    await site.run('2026-11-24T09:08:00Z');
    const after = site.json('all.json').items;
    expect(after).toEqual(before.map((entry) => ({ ...entry, title: String(entry.title).replace('Opinion | ', '') })));
    for (const [path, text] of site.files()) expect(text, path).not.toMatch(/>Opinion \|/);
    rules();
    await site.run('2026-11-24T09:09:00Z');
    expect(site.json('all.json').items).toEqual(before);
  });
});

describe('a run', () => {
  it('with rules and without news writes nothing', async () => {
    rules('drop: { title: [horoscope] }', 'retitle: { cut: ["Opinion | "] }');
    serve(quay, stars, ferry);
    await site.run(isoDay(24));
    const { report } = await site.run(isoDay(25));
    expect(report).toMatchObject({ changed: false, files: { written: 0 } });
  });

  it('does not check articles again if only line numbers of rules changed', async () => {
    rules('drop: { title: [horoscope] }');
    serve(quay, stars, ferry);
    await site.run(isoDay(24));
    site.configure({
      sources: [`{ id: a, url: "${origin.url}/a", every: 10m }`],
      more: ['# against superstition', 'rules:', '  - drop: { title: [horoscope] }'],
    });
    const { report } = await site.run(isoDay(25));
    expect(report.files.written).toBe(0);
  });
});

describe('after the store was lost', () => {
  const lose = () => rmSync(join(site.root, '.newsloom'), { recursive: true });

  it('the same rules restore the same articles, and write nothing', async () => {
    rules();
    serve(quay, stars, ferry);
    await site.run(isoDay(24));
    rules('drop: { title: [horoscope] }', 'retitle: { cut: ["Opinion | "] }');
    serve(item('Tarot and horoscope', 9), quay, stars, ferry);
    await site.run('2026-11-24T10:07:00Z');
    const before = site.files();
    lose();
    const { report } = await site.run('2026-11-24T11:07:00Z');
    expect(report).toMatchObject({ changed: false, articles: { added: 0 } });
    expect(Object.fromEntries(site.files())).toEqual(Object.fromEntries(before));
    serve(item('Tarot and horoscope', 9), quay, stars, ferry, item('Tram stops', 5));
    await site.run('2026-11-24T12:07:00Z');
    expect(titles()).toEqual(['The quay must go', 'Ferry sails again', 'Tram stops']);
    expect(site.json('all.json').items.map(({ date_modified }) => date_modified)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('removing a rule restores its articles with their ids', async () => {
    rules('drop: { title: [horoscope] }', 'retitle: { cut: ["Opinion | "] }');
    serve(quay, stars, ferry);
    await site.run(isoDay(24));
    lose();
    rules();
    await site.run('2026-11-24T11:07:00Z');
    expect(titles()).toEqual(['Opinion | The quay must go', 'Your horoscope', 'Ferry sails again']);
  });
});
