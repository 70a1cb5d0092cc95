/** The page of rules: what a rule would match, and what it writes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeHTMLStrict } from 'entities/decode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { aDesk, closeDesk, type DeskVisitor, signIn, type TestDesk } from '../support/a-desk.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { runBothWays } from '../support/same-files.js';
import { type FeedServer, rss, serveFeeds } from '../support/serve-feeds.js';

let server: FeedServer;
let site: TestSite;
let desk: TestDesk;
let visitor: DeskVisitor;
let config: string;

beforeAll(async () => {
  const titles = ['Horoscope of the day', 'Ferry sails', 'Horoscope <script>alert(1)</script>'];
  const items = titles.map((title, i) => ({ title, date: `2026-11-20T0${i}:00:00Z`, link: `https://a.example/stars/${i}` })); // biome-ignore format: one list
  server = await serveFeeds({ '/a': rss('A', items), '/b': rss('B', items.slice(0, 1).map((one) => ({ ...one, title: 'Horoscope of B', link: 'https://b.example/1' }))) }); // biome-ignore format: one call
  site = aSite({ sources: [`{ id: a, title: Paper A, url: "${server.url}/a" } # ours`, `{ id: b, url: "${server.url}/b" }`] }); // biome-ignore format: one call
  await site.run('2026-11-20T10:00:00Z');
  config = join(site.root, 'config', 'newsloom.yaml');
  desk = await aDesk(site.root);
  visitor = await signIn(desk);
});
afterAll(() => closeDesk(desk, server, site));

const look = async (query: string) => await (await visitor.get(`/rules?${query}`)).text();
/** The name of the rule in the list of the page. */
const nameOf = async (rule: RegExp) => {
  const cards = (await look('')).split('<li class="card"').slice(1);
  const [, name = 'none'] = /name="remove" value="([^"]*)"/.exec(cards.find((one) => rule.test(one)) ?? '') ?? [];
  return decodeHTMLStrict(name);
};
const save = async (fields: Readonly<Record<string, string>>) =>
  await visitor.submit('/rules?value=x', '/rules', fields);

describe('the rules of the desk', () => {
  it('proposes rules for an article', async () => {
    const [{ id }] = site.json('all.json').items as [{ id: string }];
    const page = await look(`article=${encodeURIComponent(id)}`);
    expect(page).toContain('Never like “Horoscope');
    expect(page).toContain('field=url&amp;value=%2Fstars%2F&amp;source=a#rule');
    expect(await (await visitor.get(`/article?id=${encodeURIComponent(id)}`)).text()).toContain('/rules?article=');
  });

  it('shows what a rule would drop before it is saved', async () => {
    const before = readFileSync(config, 'utf8');
    const page = await look('value=horoscope&field=title');
    expect(page).toMatch(/It matches 3 articles of 4[\s\S]*Horoscope/);
    expect(page).not.toContain('<script>alert');
    expect(await look('value=horoscope&field=title&source=b')).toContain('It matches one article of 4');
    expect(readFileSync(config, 'utf8')).toBe(before);
  });

  it('adds rules behind the others, and leaves the rest of the file unchanged', async () => {
    const before = readFileSync(config, 'utf8');
    expect((await save({ value: 'Horoscope: *x', field: 'title', action: 'drop' })).status).toBe(303);
    expect(readFileSync(config, 'utf8')).toBe(`${before}rules:\n  - drop:\n      title:\n        - "Horoscope: *x"\n`);
    await save({ value: '/stars/', field: 'url', action: 'hold', source: 'a' });
    await save({ value: 'horoscope', field: 'title', action: 'drop', source: 'a' });
    await save({ value: 'ferry', field: 'title', action: 'drop' });
    const text = readFileSync(config, 'utf8');
    expect(text).toContain(
      ', rules: [ { hold: { url: [ /stars/ ] } }, { drop: { title: [ horoscope ] } } ] } # ours\n',
    );
    expect(parse(text).rules).toEqual([{ drop: { title: ['Horoscope: *x'] } }, { drop: { title: ['ferry'] } }]);
    expect((await newsloom('rules', 'test', '--config', config)).out).toContain('title: horoscope');
    expect(await look('')).toMatch(/drop<[\s\S]*the headline: ferry[\s\S]*of Paper A[\s\S]*the address: [/]stars[/]/);
  });

  it('removes rules of the section and of a source', async () => {
    await save({ remove: await nameOf(/of Paper A[\s\S]*headline: horoscope/), source: 'a' });
    expect(readFileSync(config, 'utf8')).toContain(', rules: [ { hold: { url: [ /stars/ ] } } ] } # ours\n');
    await save({ remove: await nameOf(/of Paper A[\s\S]*address/), source: 'a' });
    await save({ remove: await nameOf(/Horoscope: \*x/), source: '' });
    expect(parse(readFileSync(config, 'utf8'))).toMatchObject({
      sources: [{ rules: [] }, {}],
      rules: [{ drop: { title: ['ferry'] } }],
    });
    expect((await save({ remove: '7', source: '' })).status).toBe(422);
  });

  it('writes what the commands write', async () => {
    const made = { value: 'Storm: "x"', field: 'title', action: 'drop' };
    const { before, byCommands, byDesk } = await runBothWays(
      site.root,
      async () => {
        const run = async (...args: string[]) => (await newsloom('rules', ...args, '--config', config)).status;
        expect(await run('add', made.value)).toBe(0);
        expect(await run('add', '/stars/', '--field', 'url', '--hold', '--source', 'b')).toBe(0);
        expect(await run('add', 'gone', '--source', 'a')).toBe(0);
        expect(await run('remove', 'gone', '--source', 'a')).toBe(0);
        expect([await run('add', made.value), await run('remove', 'storm'), await run('remove', made.value, '--hold')]).toEqual([2, 2, 2]); // biome-ignore format: one list
        expect([await run('add', 'x', '--source', 'z'), await run('add', 'x', '--field', 'age')]).toEqual([2, 2]);
      },
      async () => {
        await save(made);
        await save({ value: '/stars/', field: 'url', action: 'hold', source: 'b' });
        await save({ value: 'gone', field: 'title', action: 'drop', source: 'a' });
        await save({ remove: await nameOf(/gone/), source: 'a' });
      },
    );
    expect(byDesk).toEqual(byCommands);
    expect(byDesk).not.toEqual(before);
  });

  it('refuses a broken expression, and writes nothing', async () => {
    const before = readFileSync(config, 'utf8');
    const refused = await save({ value: '/(/', field: 'title', action: 'drop' });
    expect([refused.status, readFileSync(config, 'utf8')]).toEqual([422, before]);
    expect(await refused.text()).toContain('not a valid RE2 expression');
    expect((await visitor.get('/rules?value=%2F(%2F&field=title')).status).toBe(422);
    writeFileSync(config, before);
  });
});
