/** Rules in complete runs: the effect on articles when rules are added, changed and removed. */
import { rmSync, writeFileSync } from 'node:fs';
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

describe('rules that hold, tag and limit', () => {
  const dated = (title: string, date: string, author = '') => ({
    title,
    date: `2026-11-${date}:00:00Z`,
    xml: `<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">${author}</dc:creator>`,
  });
  const picks = () => (site.json('topics/picks.json').items ?? []).map(({ title }) => title);
  const configure = (...lines: string[]) =>
    site.configure({
      sources: [`{ id: a, url: "${origin.url}/a", every: 10m, rules: [{ newest: 2 }] }`],
      topics: ['{ id: picks }', '{ id: weather, any: [storm] }'],
      more: ['rules:', ...lines.map((line) => `  - ${line}`)],
    });

  it('holds new articles until the desk approves them, and never those that are published', async () => {
    configure('drop: { title: [horoscope] }');
    serve(dated('Gossip from the quay', '23T07'));
    await site.run(isoDay(23));
    configure('hold: { title: [gossip] }');
    serve(dated('Gossip about a star', '24T08'), dated('Ferry sails', '24T07'), dated('Gossip from the quay', '23T07'));
    expect((await site.run(isoDay(24))).report.articles).toMatchObject({ added: 2, held: 1 });
    expect(titles()).toEqual(['Ferry sails', 'Gossip from the quay']);

    const desk = join(site.root, 'config', 'desk.yaml');
    writeFileSync(desk, '- { article: "https://paper.example/gossip-about-a-star", approve: true }\n');
    const { report } = await site.run('2026-11-24T09:30:00Z');
    expect(report.articles).toMatchObject({ held: 0 });
    expect(titles()).toEqual(['Gossip about a star', 'Ferry sails', 'Gossip from the quay']);

    configure('hold: { title: [gossip], age: ["<9d"] }');
    expect((await site.run('2026-11-24T09:40:00Z')).report.changed).toBe(false);
  });

  it('adds and removes topics, also of stored articles', async () => {
    configure('topics: { set: [+picks, -weather], author: [Jane Roe] }');
    serve(dated('Storm over the quay', '24T07', 'Jane Roe'), dated('Storm at sea', '24T06', 'Ada'));
    await site.run(isoDay(24));
    expect(picks()).toEqual(['Storm over the quay']);
    expect(site.json('topics/weather.json').items.map(({ title }) => title)).toEqual(['Storm at sea']);
    configure('topics: { set: [+picks], author: [Ada] }');
    await site.run('2026-11-24T09:30:00Z');
    expect(picks()).toEqual(['Storm at sea']);
    expect(site.json('topics/weather.json').items).toHaveLength(2);
  });

  it('shows the newest articles of a day, and drops by age when newer articles arrive, not with time', async () => {
    configure('drop: { age: { over: 2d } }');
    serve(dated('One', '24T05'), dated('Two', '24T06'));
    await site.run('2026-11-24T07:00:00Z');
    expect(titles()).toEqual(['Two', 'One']);
    serve(dated('Zero', '24T03'), dated('One', '24T05'), dated('Two', '24T06'), dated('Three', '24T07'));
    await site.run('2026-11-24T08:00:00Z');
    expect(titles()).toEqual(['Three', 'Two']);
    expect((await site.run('2026-11-30T08:00:00Z')).report.changed).toBe(false);
    serve(dated('Four', '27T07'), dated('Three', '24T07'));
    await site.run('2026-11-30T09:00:00Z');
    expect(titles()).toEqual(['Four']);
    expect((await site.run('2026-11-30T09:10:00Z')).report.changed).toBe(false);
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
