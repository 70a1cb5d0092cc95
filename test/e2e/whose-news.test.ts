/** No source can harm another's articles: addresses, names and copies, in complete runs over HTTP. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { readSiteStatus } from '../../src/app/status/site-status.js';
import { aSite, type TestSite } from '../support/a-site.js';
import { newsloom } from '../support/command-line.js';
import { type RssItem, rss, serveFeeds } from '../support/serve-feeds.js';

interface Written {
  readonly title: string;
  readonly link: string;
  readonly date: string;
  readonly guid?: string;
  readonly permalink?: boolean;
  readonly text?: string;
  readonly xml?: string;
}

interface Publisher {
  readonly url: string;
  /** Replaces its feed's content; null: it answers 404. */
  says(
    items: readonly Written[] | null,
    more?: { readonly title?: string; readonly home?: string; readonly xml?: string },
  ): void;
  redirects(to: string): void;
}

/** A publisher on a loopback address of its own. */
async function aPublisher(address: string, name: string): Promise<Publisher> {
  let answer: { status: number; body: string; location?: string } = { status: 404, body: '' };
  const server = createServer((_, response) => {
    const type = { 'Content-Type': 'application/rss+xml' };
    response.writeHead(answer.status, answer.location === undefined ? type : { Location: answer.location });
    response.end(answer.body);
  });
  await new Promise<void>((up) => server.listen(0, address, up));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://${address}:${(server.address() as AddressInfo).port}`;
  return {
    url,
    says: (items, { title = name, home = `${url}/`, xml = '' } = {}) => {
      const written = (items ?? []).map(itemOf).join('');
      const head = `<title>${title}</title><link>${home}</link><description>News</description>${xml}`;
      const spaces =
        'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:at="http://purl.org/atompub/tombstones/1.0"';
      const body = `<?xml version="1.0"?><rss version="2.0" ${spaces}><channel>${head}${written}</channel></rss>`;
      answer = { status: items === null ? 404 : 200, body };
    },
    redirects: (to) => {
      answer = { status: 301, body: '', location: to };
    },
  };
}

function itemOf({
  title,
  link,
  date,
  guid,
  permalink = false,
  text = `All about it: ${title}.`,
  xml = '',
}: Written): string {
  const id = guid === undefined ? '' : `<guid isPermaLink="${permalink}">${guid}</guid>`;
  const when = new Date(date).toUTCString();
  return `<item><title>${title}</title><link>${link}</link>${id}<pubDate>${when}</pubDate><description>${text}</description>${xml}</item>`;
}

interface Shown {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly date_published: string;
  readonly authors?: readonly { readonly name: string }[];
  readonly _source: { readonly title: string; readonly credited?: { readonly title: string } };
}

const shown = (site: TestSite, path: string) => site.json(path).items as unknown as Shown[];
const titles = (site: TestSite, path: string) => shown(site, path).map(({ title }) => title);

let block = 0;

/** A victim and an attacker, each with its own home address, the attacker first in the config. */
async function aRivalry(given: { readonly victimHome?: string } = {}) {
  block++;
  const [victim, attacker] = [
    await aPublisher(`127.12.${block}.1`, 'The Victim Times'),
    await aPublisher(`127.12.${block}.2`, 'Evil Blog'),
  ];
  const home = given.victimHome ?? `${victim.url}/`;
  const line = {
    victim: `{ id: victim, url: "${victim.url}/feed" }`,
    attacker: `{ id: attacker, url: "${attacker.url}/feed" }`,
  };
  const more = ['publish: { formats: [json, rss, atom, opml] }'];
  const site = aSite({ sources: [line.attacker, line.victim], more });
  onTestFinished(() => site.remove());
  const own: Written = {
    title: 'Ferry returns to the islands',
    link: `${home}ferry`,
    date: '2026-11-24T08:00:00Z',
    guid: `${home}ferry`,
  };
  const other: Written = {
    title: 'Bakers strike over night work',
    link: `${home}bakers`,
    date: '2026-11-24T07:00:00Z',
    guid: `${home}bakers`,
  };
  const aside: Written = {
    title: 'Cats and what they think',
    link: `${attacker.url}/cats`,
    date: '2026-11-24T06:00:00Z',
    guid: 'cats',
  };
  victim.says([own, other], { home });
  return { victim, attacker, site, home, own, other, aside, line, more };
}

type Rivalry = Awaited<ReturnType<typeof aRivalry>>;

const SECOND_EARLIER = '2026-11-24T07:59:59Z';

/** Forms in which an item of the attacker claims the address of the victim's article. */
const CLAIMS: readonly (readonly [string, (r: Rivalry) => Partial<Written>])[] = [
  ['its own link', ({ own }) => ({ link: own.link })],
  [
    'its own link, under a guid of its own host',
    ({ own, attacker }) => ({ link: own.link, guid: `${attacker.url}/x`, permalink: true }),
  ],
  ['its own link and the guid of the article', ({ own }) => ({ link: own.link, guid: own.guid! })],
  ['another spelling of the link', ({ own }) => ({ link: `${own.link}/?utm_source=evil#top` })],
  [
    'a link through a redirector',
    ({ own }) => ({ link: `https://www.google.com/url?q=${encodeURIComponent(own.link)}` }),
  ],
  ['rel="canonical"', ({ own }) => ({ xml: `<atom:link rel="canonical" href="${own.link}"/>` })],
  ['rel="shortlink"', ({ own }) => ({ xml: `<atom:link rel="shortlink" href="${own.link}"/>` })],
  ['rel="amphtml"', ({ own }) => ({ xml: `<atom:link rel="amphtml" href="${own.link}"/>` })],
  ['a permalink guid', ({ own }) => ({ guid: own.link, permalink: true })],
  ['a tag: guid of its host', ({ victim }) => ({ guid: `tag:${new URL(victim.url).hostname},2026:ferry` })],
  [
    '500 canonical links',
    ({ own, home }) => ({
      xml: Array.from(
        { length: 500 },
        (_, i) => `<atom:link rel="canonical" href="${i === 3 ? own.link : `${home}${i}`}"/>`,
      ).join(''),
    }),
  ],
];

const claim = (rivalry: Rivalry, given: Partial<Written>, title = 'Buy pills here'): Written => ({
  title,
  link: `${rivalry.attacker.url}/pills`,
  date: SECOND_EARLIER,
  guid: 'pills',
  ...given,
});

const VICTIMS = ['Ferry returns to the islands', 'Bakers strike over night work'];

/** Both articles of the victim are in its feed and in all, as it published them. */
function expectUnharmed(site: TestSite): void {
  expect(titles(site, 'sources/victim.json')).toEqual(VICTIMS);
  expect(titles(site, 'all.json').filter((title) => VICTIMS.includes(title))).toEqual(VICTIMS);
  for (const { title, _source, date_published } of shown(site, 'sources/victim.json')) {
    expect(_source.title).toBe('The Victim Times');
    expect(date_published).toBe(title === VICTIMS[0] ? '2026-11-24T08:00:00Z' : '2026-11-24T07:00:00Z');
  }
  const spam = shown(site, 'all.json').filter(({ title }) => title.includes('pills'));
  for (const { _source } of spam) expect(_source.title).not.toMatch(/victim times/i);
}

describe('an address', () => {
  it.each(CLAIMS)('claimed by %s stays with the source that owns it', async (_, given) => {
    const rivalry = await aRivalry();
    const { attacker, site } = rivalry;
    attacker.says([claim(rivalry, given(rivalry)), rivalry.aside]);
    await site.run('2026-11-24T09:00:00Z');
    expectUnharmed(site);
    attacker.says([claim(rivalry, given(rivalry), 'Buy more pills here'), rivalry.aside]);
    await site.run('2026-11-24T10:00:00Z');
    expectUnharmed(site);
    attacker.says([rivalry.aside], { xml: '<at:deleted-entry ref="pills" when="2026-11-24T10:30:00Z"/>' });
    for (const hour of [11, 12, 13]) await site.run(`2026-11-24T${hour}:00:00Z`);
    expectUnharmed(site);
    site.configure({ sources: [rivalry.line.victim], more: rivalry.more });
    await site.run('2026-11-24T14:00:00Z');
    expectUnharmed(site);
  });

  it.each(CLAIMS)('claimed by %s early is transferred when its source publishes the article', async (_, given) => {
    const rivalry = await aRivalry();
    const { attacker, victim, site, own, other } = rivalry;
    victim.says([other]);
    attacker.says([claim(rivalry, given(rivalry)), rivalry.aside]);
    await site.run('2026-11-24T07:59:59Z');
    const [before] = shown(site, 'sources/attacker.json');
    victim.says([own, other]);
    await site.run('2026-11-24T09:00:00Z');
    expectUnharmed(site);
    if (given(rivalry).link !== undefined) expect(shown(site, 'sources/victim.json')[0]?.id).toBe(before?.id);
    attacker.says([claim(rivalry, given(rivalry), 'Buy more pills here'), rivalry.aside]);
    await site.run('2026-11-24T10:00:00Z');
    expectUnharmed(site);
    attacker.says([rivalry.aside]);
    for (const hour of [11, 12, 13]) await site.run(`2026-11-24T${hour}:00:00Z`);
    expectUnharmed(site);
    site.configure({ sources: [rivalry.line.victim], more: rivalry.more });
    await site.run('2026-11-24T14:00:00Z');
    expectUnharmed(site);
  });

  it('of a held or hidden article does not hold or hide the publisher’s own', async () => {
    for (const how of ['held', 'hidden', 'dropped'] as const) {
      const rivalry = await aRivalry();
      const { attacker, victim, site, own, other, line } = rivalry;
      const more = { held: 'review: hold', hidden: 'every: 1h', dropped: 'rules: [{ drop: { title: [pills] } }]' }[how];
      site.configure({ sources: [line.attacker.replace(' }', `, ${more} }`), line.victim], more: rivalry.more });
      victim.says([other]);
      attacker.says([claim(rivalry, { link: own.link }), rivalry.aside]);
      await site.run('2026-11-24T07:59:59Z');
      const desk = join(site.root, 'config', 'desk.yaml');
      if (how === 'hidden') writeFileSync(desk, `- { article: "${own.link}", hide: true }\n`);
      await site.run('2026-11-24T08:10:00Z');
      victim.says([own, other]);
      for (const hour of ['09', '10']) {
        await site.run(`2026-11-24T${hour}:00:00Z`);
        expectUnharmed(site);
        expect(titles(site, 'all.json')).not.toContain('Buy pills here');
      }
      if (how !== 'held') continue;
      const config = ['--config', join(site.root, 'config', 'newsloom.yaml')];
      const [held] = JSON.parse((await newsloom('desk', 'queue', '--json', ...config)).out);
      expect(held).toMatchObject({ title: 'Buy pills here', url: null });
      expect((await newsloom('desk', 'hide', held.id, ...config)).err).toBe('');
      await site.run('2026-11-24T11:00:00Z');
      expectUnharmed(site);
    }
  });

  it('does not belong to a feed with that host as home page', async () => {
    const rivalry = await aRivalry();
    const { attacker, site, own, home } = rivalry;
    for (const [hour, title] of [
      ['09', 'Buy pills here'],
      ['10', 'Buy more pills here'],
    ] as const) {
      attacker.says([claim(rivalry, { link: own.link, guid: own.link }, title), rivalry.aside], { home });
      await site.run(`2026-11-24T${hour}:00:00Z`);
      expectUnharmed(site);
    }
  });

  it('on another host’s home page does not belong to a feed that claims it later', async () => {
    const rivalry = await aRivalry({ victimHome: 'https://victim-times.example/' });
    const { attacker, site, own, home } = rivalry;
    attacker.says([rivalry.aside]);
    await site.run('2026-11-24T08:30:00Z');
    attacker.says(
      [
        claim(rivalry, { link: own.link, guid: own.link }),
        claim(rivalry, { link: `${home}bakers`, guid: 'b' }),
        rivalry.aside,
      ],
      { home },
    );
    for (const hour of ['09', '10']) {
      await site.run(`2026-11-24T${hour}:00:00Z`);
      expectUnharmed(site);
    }
    attacker.says([rivalry.aside], { home });
    for (const hour of [11, 12, 13]) await site.run(`2026-11-24T${hour}:00:00Z`);
    expectUnharmed(site);
  });

  it.each([
    ['later', ['attacker', 'victim']],
    ['in the same run', []],
    ['before its source was configured', ['victim', 'attacker']],
  ])('claimed %s by a feed with the name of the host stays with its source', async (_, order) => {
    const rivalry = await aRivalry({ victimHome: 'https://victim-times.example/' });
    const { attacker, victim, site, own, other, home, line, more } = rivalry;
    const sources = [line.attacker, line.victim.replace(' }', ', title: The Gazette }')];
    const evil = { title: 'Victim-Times', home };
    const late: Written = { ...own, title: 'Harbour opens again', link: `${home}harbour`, guid: 'harbour' };
    const spam = { ...late, title: `${late.title} for pills`, guid: 'p', text: 'Buy pills.', date: SECOND_EARLIER };
    attacker.says([rivalry.aside], order[0] === 'attacker' ? {} : evil);
    if (order[0] === 'victim') site.configure({ sources: sources.slice(0, 1), more });
    await site.run('2026-11-24T08:20:00Z');
    site.configure({ sources, more });
    await site.run('2026-11-24T08:30:00Z');
    victim.says([late, own, other], { home });
    await site.run('2026-11-24T09:00:00Z');
    attacker.says([spam, rivalry.aside], evil);
    for (const hour of [10, 11, 12]) {
      await site.run(`2026-11-24T${hour}:00:00Z`);
      for (const path of ['all.json', 'sources/victim.json'])
        expect(shown(site, path)).toContainEqual(
          expect.objectContaining({
            title: late.title,
            content_text: expect.stringContaining('All about it'),
            _source: expect.objectContaining({ title: 'The Gazette' }),
          }),
        );
    }
  });

  it('on another host’s home page belongs to its source from the first run', async () => {
    const rivalry = await aRivalry({ victimHome: 'https://victim-times.example/' });
    const { attacker, site, own } = rivalry;
    attacker.says([claim(rivalry, { link: own.link, guid: `${attacker.url}/x` }), rivalry.aside]);
    await site.run('2026-11-24T09:00:00Z');
    expectUnharmed(site);
  });

  it.each([
    ['both call a home from the first run on', true],
    ['another called a home before its source was configured', false],
  ])('on another host’s home page that %s: each keeps its other articles', async (_, together) => {
    const rivalry = await aRivalry({ victimHome: 'https://victim-times.example/' });
    const { attacker, site, own, home, line, more } = rivalry;
    const spam = [
      claim(rivalry, { link: own.link, guid: own.guid!, permalink: true }),
      claim(rivalry, { link: `${home}bakers`, guid: 'b' }, 'More pills here'),
    ];
    attacker.says([...spam, rivalry.aside], { home });
    if (!together) site.configure({ sources: [line.attacker], more });
    await site.run('2026-11-24T08:30:00Z');
    site.configure({ sources: [line.attacker, line.victim], more });
    for (const hour of ['09', '10']) {
      await site.run(`2026-11-24T${hour}:00:00Z`);
      expectUnharmed(site);
    }
    attacker.says([rivalry.aside], { home });
    for (const hour of [11, 12, 13]) await site.run(`2026-11-24T${hour}:00:00Z`);
    expectUnharmed(site);
  });

  it.each([true, false])(
    'that two share who call its site a home is given up by the one that writes of other things',
    async (together) => {
      const rivalry = await aRivalry({ victimHome: 'https://victim-times.example/' });
      const { attacker, site, own, home, line, more } = rivalry;
      attacker.says([{ ...own, guid: 'mine', date: SECOND_EARLIER }, rivalry.aside], { home });
      if (!together) site.configure({ sources: [line.attacker], more });
      await site.run('2026-11-24T08:30:00Z');
      site.configure({ sources: [line.attacker, line.victim], more });
      await site.run('2026-11-24T08:45:00Z');
      expect(titles(site, 'all.json').filter((title) => title === own.title)).toHaveLength(1);
      for (const [hour, title] of [
        ['09', 'Buy pills here'],
        ['10', 'Buy pills here'],
        ['11', 'Buy more pills here'],
      ] as const) {
        attacker.says([{ ...own, title, guid: 'mine', date: SECOND_EARLIER }, rivalry.aside], { home });
        await site.run(`2026-11-24T${hour}:00:00Z`);
        expect(titles(site, 'sources/victim.json')).toEqual(VICTIMS);
        expect(titles(site, 'all.json')).toEqual(expect.arrayContaining([...VICTIMS]));
      }
    },
  );

  it.each([
    ['from the first run on', true],
    ['before its source has the article', false],
  ])('claimed %s by a tenant of the same host belongs to the source with its path', async (_, together) => {
    const origin = await serveFeeds();
    onTestFinished(() => origin.close());
    const item = (title: string, path: string) => ({
      title,
      link: `${origin.url}/${path}`,
      date: '2026-11-24T08:00:00Z',
    });
    const says = (tenant: string, items: readonly RssItem[]) =>
      origin.pages.set(`/${tenant}/feed`, { body: rss(tenant, [...items], `${origin.url}/${tenant}/`) });
    const site = aSite({
      sources: ['rival', 'anna'].map((id) => `{ id: ${id}, url: "${origin.url}/${id}/feed" }`),
      more: ['publish: { formats: [json] }'],
    });
    onTestFinished(() => site.remove());
    const aside = item('Bakers strike over night work', 'anna/bakers');
    const spam = { ...item('Buy pills here', 'anna/ferry'), date: SECOND_EARLIER };
    says('rival', [spam, item('Cats and what they think', 'rival/cats')]);
    says('anna', [aside]);
    if (!together) await site.run('2026-11-24T08:30:00Z');
    says('anna', [item('Ferry returns to the islands', 'anna/ferry'), aside]);
    for (const hour of ['09', '10']) await site.run(`2026-11-24T${hour}:00:00Z`);
    says('rival', [item('Cats and what they think', 'rival/cats')]);
    for (const hour of [11, 12, 13]) await site.run(`2026-11-24T${hour}:00:00Z`);
    expect(titles(site, 'sources/anna.json').sort()).toEqual([...VICTIMS].sort());
    expect(titles(site, 'all.json')).not.toContain('Buy pills here');
  });

  it('does not belong to a feed that redirects there', async () => {
    const rivalry = await aRivalry();
    const { attacker, victim, site } = rivalry;
    attacker.redirects(`${victim.url}/feed`);
    for (let day = 24; day < 30; day++)
      for (const hour of ['09', '21']) await site.run(`2026-11-${day}T${hour}:00:00Z`);
    await site.run('2026-12-04T09:00:00Z');
    expectUnharmed(site);
    attacker.says([claim(rivalry, { link: rivalry.own.link })]);
    await site.run('2026-12-04T10:00:00Z');
    expectUnharmed(site);
  });

  it('is withdrawn by its source, even if others still link to it', async () => {
    const rivalry = await aRivalry();
    const { attacker, victim, site, own, other } = rivalry;
    attacker.says([claim(rivalry, { link: own.link }), rivalry.aside]);
    await site.run('2026-11-24T09:00:00Z');
    victim.says([other], { xml: `<at:deleted-entry ref="${own.guid}" when="2026-11-24T09:30:00Z"/>` });
    await site.run('2026-11-24T10:00:00Z');
    expect(titles(site, 'all.json')).toEqual([VICTIMS[1], 'Cats and what they think']);
  });

  it('in a harmless link blog: its publisher’s article, and the link blog’s own', async () => {
    const rivalry = await aRivalry();
    const { attacker, site, own, other } = rivalry;
    const links = [own, other].map(({ link, title }, i) => ({
      title: `Seen: ${title}`,
      link,
      date: '2026-11-24T08:30:00Z',
      guid: `seen-${i}`,
    }));
    attacker.says([...links, rivalry.aside]);
    for (const hour of ['09', '10']) await site.run(`2026-11-24T${hour}:00:00Z`);
    expectUnharmed(site);
    expect(titles(site, 'all.json')).toHaveLength(3);
    expect(titles(site, 'sources/attacker.json').sort()).toEqual([...VICTIMS, 'Cats and what they think'].sort());
  });

  it('that its source adds later does not duplicate a corrected article', async () => {
    const rivalry = await aRivalry();
    const { attacker, victim, site, own, other } = rivalry;
    attacker.says([claim(rivalry, { xml: `<atom:link rel="canonical" href="${own.link}"/>` }), rivalry.aside]);
    const bare = { title: own.title, link: own.link, date: own.date };
    victim.says([bare, other]);
    await site.run('2026-11-24T09:00:00Z');
    attacker.says([
      claim(rivalry, {
        xml: `<atom:link rel="canonical" href="${own.link}"/><atom:link rel="canonical" href="${own.link}-new"/>`,
      }),
      rivalry.aside,
    ]);
    await site.run('2026-11-24T10:00:00Z');
    victim.says([
      { ...bare, title: 'Correction: ferry stays away', xml: `<atom:link rel="canonical" href="${own.link}-new"/>` },
      other,
    ]);
    await site.run('2026-11-24T11:00:00Z');
    victim.says([{ ...bare, title: 'Correction: ferry stays away', link: `${own.link}-new` }, other]);
    await site.run('2026-11-24T12:00:00Z');
    expect(titles(site, 'sources/victim.json')).toEqual(['Correction: ferry stays away', VICTIMS[1]]);
  });
});

describe('a site that two sources claim', () => {
  const HOME = 'http://victim-times.example/';
  const link = (feed: string) => `<link rel="alternate" type="application/rss+xml" href="${feed}">`;

  /** The victim's feed is on another host than its articles. `named`: what the front page says of that feed. */
  async function aContest(named: (feed: string) => string, robots = '') {
    const pages = await serveFeeds({ '/robots.txt': { body: robots, type: 'text/plain' } });
    onTestFinished(() => pages.close());
    const rivalry = await aRivalry({ victimHome: HOME });
    const { attacker, victim, site, own, aside } = rivalry;
    pages.pages.set('/', { body: `<title>x</title>${named(`${victim.url}/feed`)}`, type: 'text/html' });
    const place = { address: '127.0.0.1', port: Number(new URL(pages.url).port) };
    const resolve = (host: string) => (host.endsWith('.example') ? place : null);
    const build = (now: string, options = {}) => site.run(now, { resolve, ...options });
    const asked = () => pages.requests.map(({ path }) => path);
    const front = () => asked().filter((path) => path === '/').length;
    const spam = { ...own, title: `${own.title} for pills`, guid: 'p', text: 'Buy pills.', date: SECOND_EARLIER };
    const evil = { title: 'Victim-Times', home: HOME };
    attacker.says([spam, aside], evil);
    return { ...rivalry, build, asked, front, spam, evil };
  }

  it('belongs to the one that its front page names, which is requested once a month', async () => {
    const { build, asked, front, site, victim, own, other } = await aContest(link);
    await build('2026-11-24T09:00:00Z');
    expectUnharmed(site);
    expect(asked().sort()).toEqual(['/', '/robots.txt']);
    const late = (n: number) => ({ ...other, title: `Harbour opens ${n}`, link: `${HOME}${n}`, guid: `${n}` });
    const publish = async (n: number, now: string) => {
      victim.says([...Array.from({ length: n }, (_, i) => late(i)), own, other], { home: HOME });
      await build(now);
      return front();
    };
    expect(await publish(1, '2026-12-23T09:00:00Z')).toBe(1);
    expect(await publish(2, '2026-12-25T09:00:00Z')).toBe(2);
    await build('2027-01-23T09:00:00Z');
    expect(front()).toBe(2);
    await build('2027-01-25T09:00:00Z');
    expect(front()).toBe(3);
  });

  it('is requested neither offline nor before a second source claims it', async () => {
    const { build, asked, site, line, more, attacker, spam, aside } = await aContest(link);
    attacker.says([spam, aside], { home: HOME });
    site.configure({ sources: [line.attacker], more });
    await build('2026-11-24T08:00:00Z');
    site.configure({ sources: [line.attacker, line.victim], more });
    await build('2026-11-24T08:30:00Z', { offline: true });
    expect(asked()).toEqual([]);
    for (const hour of ['09', '10']) await build(`2026-11-24T${hour}:00:00Z`);
    expectUnharmed(site);
  });

  it.each([
    ['links to the feed in its text', (feed: string) => `<a href="${feed}">${link('https://x.example/f')}</a>`, ''],
    ['names the feed in a comment', (feed: string) => `<!-- ${link(feed)} -->`, ''],
    ['names the feed in its body', (feed: string) => `</head><body>${link(feed)}`, ''],
    ['names the feed in a template', (feed: string) => `<template>${link(feed)}</template>`, ''],
    ['is closed to programs', link, 'User-agent: *\nDisallow: /'],
  ])('keeps its stored articles if its front page %s', async (_, named, robots) => {
    const { build, attacker, site, front, spam, evil, aside } = await aContest(named, robots);
    attacker.says([aside], evil);
    for (const minute of ['10', '20']) await build(`2026-11-24T08:${minute}:00Z`);
    attacker.says([spam, aside], evil);
    for (const hour of ['09', '10']) await build(`2026-11-24T${hour}:00:00Z`);
    expectUnharmed(site);
    expect(front()).toBe(robots === '' ? 1 : 0);
  });

  it('that it has not proved is in the status of a source until the editor lists it', async () => {
    const { build, site, line, more } = await aContest(link);
    await build('2026-11-24T09:00:00Z');
    const read = async () => {
      const rows = await readSiteStatus(
        await loadSite(`${site.root}/config/newsloom.yaml`, {}),
        new Date('2026-11-24T09:05:00Z'),
      );
      return Object.fromEntries(rows.map(({ id, unprovedSite }) => [id, unprovedSite]));
    };
    expect(await read()).toEqual({ victim: null, attacker: 'victim-times.example' });
    const listed = line.attacker.replace(' }', ', sites: [www.victim-times.example] }');
    site.configure({ sources: [listed, line.victim], more });
    expect(await read()).toEqual({ victim: null, attacker: null });
  });

  it('belongs to the one for which the editor lists it, without a request', async () => {
    const { build, asked, site, line, more } = await aContest(link);
    const listed = line.victim.replace(' }', ', sites: [victim-times.example] }');
    site.configure({ sources: [line.attacker, listed], more });
    for (const hour of ['09', '10']) await build(`2026-11-24T${hour}:00:00Z`);
    expectUnharmed(site);
    expect(asked()).toEqual([]);
  });
});

describe('a name', () => {
  const NAMED: readonly (readonly [string, (r: Rivalry) => string])[] = [
    [
      'a source with the address of its feed',
      ({ victim }) => `<source url="${victim.url}/feed">The Victim Times</source>`,
    ],
    ['a source with its home page', ({ victim }) => `<source url="${victim.url}/">The Victim Times</source>`],
    [
      'a source with a page of its host',
      ({ victim }) => `<source url="${victim.url}/rss/world.xml">Victim World</source>`,
    ],
    ['a source of its title alone', ({ attacker }) => `<source url="${attacker.url}/x">The Victim Times</source>`],
    ['a source of its title in other letters', () => '<source url="https://x.example/">VICTIM-TIMES</source>'],
    [
      'a source of its title with what nobody sees',
      () => '<source url="https://x.example/">The Vic\u200btim Times</source>',
    ],
    [
      'a source of its title in letters that look so',
      () => '<source url="https://x.example/">The Vісtim Tіmеs</source>',
    ],
    ['a source of its title with digits', () => '<source url="https://x.example/">The V1ctlm Times</source>'],
    ['a source of its title with accents', () => '<source url="https://x.example/">The Víctïm Times</source>'],
    ['a source of its title with a filler', () => '<source url="https://x.example/">The Victim\u3164Times</source>'],
    ['a source of its title as an address', () => '<source url="https://x.example/">Victim Times.com</source>'],
    [
      'a source of its host',
      ({ victim }) => `<source url="https://x.example/">${new URL(victim.url).hostname}</source>`,
    ],
    ['an author', () => '<dc:creator>The Victim Times</dc:creator>'],
    ['dc:publisher', () => '<dc:publisher>The Victim Times</dc:publisher>'],
  ];
  const isNamed = (site: TestSite) => {
    const spam = [...shown(site, 'all.json'), ...shown(site, 'sources/attacker.json')].filter(({ title }) =>
      title.includes('pills'),
    );
    expect(spam.length).toBeGreaterThan(0);
    for (const { _source, authors } of spam) {
      expect(authors).toBeUndefined();
      expect(_source.title).toBe('Evil Blog');
      expect(_source.credited?.title).toBeDefined();
    }
    for (const format of ['rss', 'atom']) {
      const items = site
        .read(`sources/attacker.${format}`)
        .split(/<(?:item|entry)>/)
        .filter((item) => item.includes('pills'));
      for (const item of items) expect(item).not.toMatch(/<(?:title|name|source url="[^"]*")[^>]*>(?:The )?Vic/i);
    }
  };

  it.each(NAMED)('of a source comes only from its own feed, not from %s', async (_, given) => {
    const rivalry = await aRivalry();
    const { attacker, victim, site } = rivalry;
    const title = ', title: The Victim Times }';
    site.configure({ sources: [rivalry.line.attacker, rivalry.line.victim.replace(' }', title)], more: rivalry.more });
    attacker.says([claim(rivalry, { link: 'https://x.example/pills', xml: given(rivalry) }), rivalry.aside]);
    await site.run('2026-11-24T09:00:00Z');
    isNamed(site);
    expect(shown(site, 'sources/victim.json').map(({ _source }) => _source.title)).toEqual([
      'The Victim Times',
      'The Victim Times',
    ]);
    victim.says([rivalry.own, rivalry.other]);
  });

  it.each(NAMED)('of a source is its own from the first run, not %s', async (_, given) => {
    const rivalry = await aRivalry();
    const { attacker, site } = rivalry;
    attacker.says([claim(rivalry, { link: 'https://x.example/pills', xml: given(rivalry) }), rivalry.aside]);
    await site.run('2026-11-24T09:00:00Z');
    isNamed(site);
  });

  it.each(NAMED)('given by a source is its own, not %s', async (_, given) => {
    const rivalry = await aRivalry();
    const { attacker, site } = rivalry;
    attacker.says([rivalry.aside]);
    await site.run('2026-11-24T09:00:00Z');
    attacker.says([claim(rivalry, { link: 'https://x.example/pills', xml: given(rivalry) }), rivalry.aside]);
    await site.run('2026-11-24T10:00:00Z');
    isNamed(site);
  });

  it('of a source cannot be taken by another feed', async () => {
    const rivalry = await aRivalry();
    const { attacker, site } = rivalry;
    attacker.says([rivalry.aside]);
    await site.run('2026-11-24T09:00:00Z');
    const spam = claim(rivalry, {});
    for (const hour of [10, 11]) {
      attacker.says([{ ...spam, title: `Buy pills here at ${hour}` }, rivalry.aside], { title: 'Victim Times' });
      await site.run(`2026-11-24T${hour}:00:00Z`);
      const taken = shown(site, 'sources/attacker.json')[0]!;
      expect(taken._source.title).toBe(new URL(attacker.url).hostname);
      expect(site.json('sources/attacker.json').title).not.toContain('Victim');
      expect(site.read('sources.opml')).not.toMatch(/title="Victim Times"/);
    }
    expectUnharmed(site);
  });

  it('of the section cannot be taken by a feed', async () => {
    const rivalry = await aRivalry();
    const { attacker, site } = rivalry;
    attacker.says([claim(rivalry, { xml: '<dc:creator>The Section</dc:creator>' })], { title: 'The Sectíon' });
    await site.run('2026-11-24T09:00:00Z');
    const { authors = [], _source } = shown(site, 'sources/attacker.json')[0]!;
    expect([_source.title, authors]).toEqual([new URL(attacker.url).hostname, []]);
  });

  it('comes without the home page and the feed address of another source', async () => {
    const rivalry = await aRivalry();
    const { attacker, victim, site } = rivalry;
    const xml = `<atom:link rel="self" href="${victim.url}/feed"/>`;
    attacker.says([claim(rivalry, {}), rivalry.aside], { home: `${victim.url}/`, xml });
    await site.run('2026-11-24T09:00:00Z');
    const evil = site.read('sources.opml').match(/<outline text="Evil[^>]*>/)?.[0];
    expect(evil).toContain(`xmlUrl="${attacker.url}/feed"`);
    for (const text of [evil, JSON.stringify(shown(site, 'sources/attacker.json').map(({ _source }) => _source))])
      expect(text).not.toContain(victim.url);
  });

  it('used by another feed is returned when its source is configured, also in published files', async () => {
    const rivalry = await aRivalry();
    const { attacker, site, line, more, aside } = rivalry;
    site.configure({ sources: [line.attacker], more });
    const xml = '<source url="https://x.example/">The Victim Times</source><dc:creator>The Victim Times</dc:creator>';
    attacker.says([claim(rivalry, { link: 'https://x.example/pills', xml }), aside]);
    await site.run('2026-11-24T09:00:00Z');
    expect(shown(site, 'sources/attacker.json')[0]?._source.title).toBe('The Victim Times');
    site.configure({ sources: [line.attacker, line.victim], more });
    await site.run('2026-11-24T10:00:00Z');
    isNamed(site);
  });

  it('of an author links to another source’s site only in articles there', async () => {
    const rivalry = await aRivalry();
    const { attacker, victim, site, own, aside } = rivalry;
    const body = (link: string) =>
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Evil Blog',
        items: [
          {
            id: link,
            title: `Boats at ${link.at(-1)}`,
            url: link,
            content_text: 'Boats.',
            authors: [{ name: 'Ann Lee', url: `${victim.url}/ann` }],
          },
        ],
      });
    const feeds = await serveFeeds({
      '/a': { body: body('https://x.example/1'), type: 'application/feed+json' },
      '/b': { body: body(`${victim.url}/2`), type: 'application/feed+json' },
    });
    onTestFinished(() => feeds.close());
    attacker.says([aside]);
    victim.says([own]);
    const lines = ['a', 'b'].map((id) => `{ id: ${id}, url: "${feeds.url}/${id}" }`);
    site.configure({ sources: [...lines, rivalry.line.victim], more: rivalry.more });
    await site.run('2026-11-24T09:00:00Z');
    expect(shown(site, 'sources/a.json')[0]?.authors).toEqual([{ name: 'Ann Lee' }]);
    expect(shown(site, 'sources/b.json')[0]?.authors).toEqual([{ name: 'Ann Lee', url: `${victim.url}/ann` }]);
  });

  it('of a source at the end of a headline is its origin', async () => {
    const rivalry = await aRivalry();
    const { attacker, site, aside } = rivalry;
    attacker.says([aside]);
    await site.run('2026-11-24T09:00:00Z');
    attacker.says([claim(rivalry, {}, 'Buy pills here - The Victim Times'), aside]);
    await site.run('2026-11-24T10:00:00Z');
    const [spam] = shown(site, 'sources/attacker.json');
    expect(spam).toMatchObject({ title: 'Buy pills here', _source: { title: 'Evil Blog' } });
    expect(spam?._source.credited).toEqual({ title: 'The Victim Times' });
  });

  it('of a publication without a source comes from the aggregator', async () => {
    const rivalry = await aRivalry();
    const { attacker, site } = rivalry;
    const source = '<source url="https://harbour.example/rss">Harbour Dispatch</source>';
    attacker.says([claim(rivalry, { link: 'https://harbour.example/ferry', xml: source }, 'Boats')]);
    await site.run('2026-11-24T09:00:00Z');
    expect(shown(site, 'sources/attacker.json')[0]?._source.title).toBe('Harbour Dispatch');
  });
});

describe('a copy', () => {
  const TEXT =
    'The ferry to the northern islands sails again after eleven weeks in dock, with a new engine, fewer seats and a captain who says that the tides have never been kinder to anybody on this coast.';
  const original = (rivalry: Rivalry, date: string): Written => ({ ...rivalry.own, date, text: TEXT });
  const copy = (rivalry: Rivalry, date: string, text = TEXT): Written => ({
    title: rivalry.own.title,
    link: `${rivalry.attacker.url}/ferry`,
    date,
    guid: 'copy',
    text,
  });
  /** Addresses of the ferry's articles in `all`. */
  const ferries = ({ site, home, attacker }: Rivalry) =>
    shown(site, 'all.json').flatMap(({ url }) =>
      url === `${home}ferry` ? 'victim' : url === `${attacker.url}/ferry` ? 'attacker' : [],
    );

  it('in a later run is folded behind the original, with any date', async () => {
    const rivalry = await aRivalry();
    const { attacker, victim, site } = rivalry;
    victim.says([original(rivalry, '2026-11-24T08:00:00Z'), rivalry.other]);
    attacker.says([rivalry.aside]);
    await site.run('2026-11-24T09:00:00Z');
    attacker.says([copy(rivalry, '2026-11-24T07:30:00Z'), rivalry.aside]);
    await site.run('2026-11-24T10:00:00Z');
    expect(ferries(rivalry)).toEqual(['victim']);
  });

  it('in the same run is folded if it is backdated', async () => {
    const rivalry = await aRivalry();
    const { attacker, victim, site } = rivalry;
    victim.says([rivalry.other]);
    attacker.says([rivalry.aside]);
    await site.run('2026-11-24T09:00:00Z');
    victim.says([original(rivalry, '2026-11-24T09:10:00Z'), rivalry.other]);
    attacker.says([copy(rivalry, '2026-11-24T08:40:00Z'), rivalry.aside]);
    await site.run('2026-11-24T09:15:00Z');
    expect(ferries(rivalry)).toEqual(['victim']);
  });

  it('in a source’s first document is folded behind a known source’s in the same run', async () => {
    const rivalry = await aRivalry();
    const { attacker, victim, site, line, more } = rivalry;
    site.configure({ sources: [line.victim], more });
    victim.says([rivalry.other]);
    await site.run('2026-11-24T09:00:00Z');
    site.configure({ sources: [line.attacker, line.victim], more });
    victim.says([original(rivalry, '2026-11-24T09:10:00Z'), rivalry.other]);
    attacker.says([copy(rivalry, '2026-11-24T08:40:00Z'), rivalry.aside]);
    await site.run('2026-11-24T09:15:00Z');
    expect(ferries(rivalry)).toEqual(['victim']);
  });

  it('stops being one when its text changes: the original is shown again', async () => {
    const rivalry = await aRivalry();
    const { attacker, victim, site } = rivalry;
    victim.says([original(rivalry, '2026-11-24T08:00:00Z'), rivalry.other]);
    attacker.says([copy(rivalry, '2026-11-24T07:30:00Z'), rivalry.aside]);
    await site.run('2026-11-24T09:00:00Z');
    expect(ferries(rivalry)).toEqual(['attacker']);
    const spam =
      'Buy pills of every colour and size at half of the price that your doctor asks, delivered tonight without a question or a receipt.';
    attacker.says([{ ...copy(rivalry, '2026-11-24T07:30:00Z', spam), title: 'Pills for sale' }, rivalry.aside]);
    await site.run('2026-11-24T10:00:00Z');
    expect(ferries(rivalry).sort()).toEqual(['attacker', 'victim']);
    attacker.says([copy(rivalry, '2026-11-24T07:30:00Z'), rivalry.aside]);
    for (const hour of [11, 12]) await site.run(`2026-11-24T${hour}:00:00Z`);
    expect(ferries(rivalry)).toContain('victim');
  });

  it('stops being one when its headline changes completely', async () => {
    const rivalry = await aRivalry();
    const { attacker, victim, site } = rivalry;
    victim.says([original(rivalry, '2026-11-24T08:00:00Z'), rivalry.other]);
    attacker.says([copy(rivalry, '2026-11-24T07:30:00Z'), rivalry.aside]);
    await site.run('2026-11-24T09:00:00Z');
    attacker.says([{ ...copy(rivalry, '2026-11-24T07:30:00Z'), title: 'Pills for sale' }, rivalry.aside]);
    for (const hour of [10, 11]) await site.run(`2026-11-24T${hour}:00:00Z`);
    expect(ferries(rivalry).sort()).toEqual(['attacker', 'victim']);
  });

  it('remains one without a word or two, like the original', async () => {
    const rivalry = await aRivalry();
    const { attacker, victim, site } = rivalry;
    victim.says([original(rivalry, '2026-11-24T08:00:00Z'), rivalry.other]);
    attacker.says([rivalry.aside]);
    await site.run('2026-11-24T09:00:00Z');
    attacker.says([copy(rivalry, '2026-11-24T08:30:00Z'), rivalry.aside]);
    await site.run('2026-11-24T10:00:00Z');
    victim.says([
      { ...original(rivalry, '2026-11-24T08:00:00Z'), text: TEXT.replace('eleven', 'twelve') },
      rivalry.other,
    ]);
    await site.run('2026-11-24T11:00:00Z');
    expect(ferries(rivalry)).toEqual(['victim']);
    attacker.says([copy(rivalry, '2026-11-24T08:30:00Z', TEXT.replace('fewer', 'more')), rivalry.aside]);
    await site.run('2026-11-24T12:00:00Z');
    expect(ferries(rivalry)).toEqual(['victim']);
  });

  it.each([
    ['its origin', 'in one run', '2026-11-24T09:00:00Z'],
    ['its origin', 'a run later', '2026-11-24T08:30:00Z'],
    ['the host of its origin', 'in one run', '2026-11-24T09:00:00Z'],
    ['the host of its origin', 'a run later', '2026-11-24T08:30:00Z'],
  ])('that credits %s is folded behind it, which comes %s', async (named, _, first) => {
    const rivalry = await aRivalry({ victimHome: 'https://victim-times.example/' });
    const { attacker, victim, site } = rivalry;
    const origin = named === 'its origin' ? 'The Victim Times' : 'victim-times.example';
    const { home } = rivalry;
    if (first < '2026-11-24T09') victim.says([rivalry.other], { home });
    else victim.says([original(rivalry, '2026-11-24T08:00:00Z'), rivalry.other], { home });
    attacker.says([copy(rivalry, '2026-11-24T07:30:00Z', `${TEXT} First published by ${origin}.`), rivalry.aside]);
    await site.run(first);
    victim.says([original(rivalry, '2026-11-24T08:00:00Z'), rivalry.other], { home });
    await site.run('2026-11-24T10:00:00Z');
    expect(ferries(rivalry)).toEqual(['victim']);
  });

  it('that is withdrawn no longer hides the original', async () => {
    const rivalry = await aRivalry();
    const { attacker, victim, site } = rivalry;
    victim.says([original(rivalry, '2026-11-24T08:00:00Z'), rivalry.other]);
    attacker.says([copy(rivalry, '2026-11-24T07:30:00Z'), rivalry.aside]);
    await site.run('2026-11-24T09:00:00Z');
    attacker.says([rivalry.aside], { xml: '<at:deleted-entry ref="copy" when="2026-11-24T09:30:00Z"/>' });
    for (const hour of [10, 11]) await site.run(`2026-11-24T${hour}:00:00Z`);
    expect(ferries(rivalry)).toEqual(['victim']);
  });
});
