import { describe, expect, it } from 'vitest';
import type { ListPage, PageEntry, PageStory, StoryPage, TopStory } from '../../../src/model/page.js';
import { anArticlePage, aPageEntry, pageWriter } from '../../support/pages.js';

const report = (slug: string, about: Partial<PageEntry> = {}) => aPageEntry({ id: slug, slug, title: `Report ${slug}`, ...about }); // biome-ignore format: one call
const by = (slug: string, publication: string, about: Partial<PageEntry> = {}) =>
  report(slug, { publication, ...about });

function aStory(about: Partial<PageStory> = {}): PageStory {
  const lead = by('lead', 'The Paper');
  return { slug: 'story', lead, others: [by('b', 'Der Bote')], reports: 2, joinedAt: lead.publishedAt, ...about };
}

function index(top: readonly TopStory[], about: Partial<Extract<ListPage, { kind: 'index' }>> = {}): string {
  const lists = { topics: [], sources: [], stories: true };
  return pageWriter().list({ kind: 'index', top, entries: [], sourceIds: [], ...lists, ...about });
}

const ofStory = (story: PageStory): TopStory => ({ entry: story.lead, story, isPinned: false });

describe('the top of the index', () => {
  it('names the other publications of a story, each with a link to its article', () => {
    const html = index([ofStory(aStory()), ofStory(aStory({ others: [by('b', 'Der Bote'), by('c', 'A & B')] }))]);
    expect(html.match(/<h2 class="p-name"><a class="u-url" href="stories\/story\.html"/g)).toHaveLength(2);
    expect(html).toContain(
      '<a href="articles/b.html"><bdi class="by">Der Bote</bdi> <span lang="en" dir="ltr">Report b</span></a>',
    );
    expect(html).toContain(
      '<a href="articles/c.html"><bdi>A &amp; B</bdi><span class="unseen" lang="en">: Report c</span></a>',
    );
  });

  it('sets the language of headlines', () => {
    const story = aStory({
      lead: by('lead', 'Сурма', { language: 'uk' }),
      others: [by('b', 'الخبر', { language: 'ar' })],
    });
    const html = index([ofStory(story)]);
    expect(html).toMatch(/href="stories\/story\.html" lang="uk" dir="ltr"/);
    expect(html).toMatch(/<span lang="ar" dir="rtl">Report b/);
  });

  it('names at most four other publications, else three and the number of reports', () => {
    const many = (length: number) => Array.from({ length }, (_, i) => by(`p${i}`, `Paper ${i}`));
    const four = index([ofStory(aStory()), ofStory(aStory({ others: many(4), reports: 5 }))]);
    expect(four).toMatch(/Paper 3<\/bdi>.*<\/a> ?<\/p>/);
    const html = index([ofStory(aStory()), ofStory(aStory({ others: many(17), reports: 20 }))]);
    expect(html).toMatch(
      /Paper 2<\/bdi>.*<a class="all" href="stories\/story\.html">All 20 reports<span class="unseen" lang="en">: Report lead</,
    );
    expect(html).not.toContain('Paper 3');
  });

  it('shows a pinned article even if it does not lead its story', () => {
    const html = index([{ entry: by('pin', 'Der Bote'), story: aStory(), isPinned: true }]);
    expect(html).toMatch(/<h2 class="p-name"><a class="u-url" href="articles\/pin\.html"/);
    expect(html).toContain('<span class="pinned">Our choice</span>');
    expect(html).toMatch(
      /<a class="all" href="stories\/story\.html">All 2 reports<span class="unseen"[^>]*>: Report lead</,
    );
  });

  it('is hidden in the list below, but stays in its markup', () => {
    const day = (n: number) => ({ publishedAt: new Date(Date.UTC(2026, 10, n, 9)) });
    const story = aStory({ lead: by('lead', 'The Paper', day(24)), others: [by('b', 'Der Bote', day(24))] });
    const pin: TopStory = { entry: by('pin', 'The Paper', day(22)), story: null, isPinned: true };
    const entries = [story.lead, story.others[0]!, by('c', 'The Paper', day(23)), pin.entry];
    const html = index([pin, ofStory(story)], { entries, sourceIds: ['a', 'b', 'a', 'a'] });
    const hidden = [...html.matchAll(/<li class="h-entry" hidden>\n<h3[^>]*><a [^>]*href="articles\/(\w+)/g)];
    expect(hidden.map(([, slug]) => slug)).toEqual(['lead', 'b', 'pin']);
    expect(html.match(/<li class="h-entry">/g)).toHaveLength(1);
    const days = [...html.matchAll(/<section class="day"( hidden)?>\n<h2><time datetime="([^"]*)/g)];
    expect(days.map(([, off, date]) => [date, off !== undefined])).toEqual([
      ['2026-11-24', true],
      ['2026-11-23', false],
      ['2026-11-22', true],
    ]);
  });

  const picture = { url: 'https://a.example/a.png', width: 900, height: 600, alt: null, copies: [] };
  const pictured = (slug: string) => ofStory(aStory({ slug, lead: by(slug, 'The Paper', { picture }) }));
  const classes = (html: string) => [...html.matchAll(/<article class="story h-entry([^"]*)"/g)].map(([, rest]) => rest!.trim()); // biome-ignore format: one list

  it('sets pictures above headlines in rows of three, else beside', () => {
    const lead = ['first pictured'];
    const [three, two] = [Array(3).fill('illustrated'), Array(2).fill('pictured')];
    const rows = [[], ['pictured'], two, three, [...two, ...two], [...three, ...two], [...three, ...three], [...three, ...two, ...two], [...three, ...three, ...two]]; // biome-ignore format: one list
    for (const below of rows)
      expect(classes(index([...lead, ...below].map((_, i) => pictured(`s${i}`))))).toEqual([...lead, ...below]);
    expect(classes(index([pictured('a'), pictured('b'), ofStory(aStory()), pictured('c')]))).toEqual(['first pictured', 'illustrated', '', 'illustrated']); // biome-ignore format: one list
  });

  it('shows the times of the last day, dates otherwise, and the newest day as heading', () => {
    const at = (day: number, hour: number) => new Date(Date.UTC(2026, 10, day, hour, 30));
    const told = (publishedAt: Date) => ofStory(aStory({ lead: by('lead', 'The Paper', { publishedAt }) }));
    const entries = [by('new', 'b', { publishedAt: at(24, 9) })];
    const html = index([at(24, 9), at(23, 10), at(23, 8)].map(told), { entries, sourceIds: ['b'] });
    const times = [...html.matchAll(/<time class="dt-published" datetime="[^"]*">([^<]*)/g)].map(([, text]) => text);
    expect(times).toEqual(['09:30', '23 November, 10:30', '23 November 2026', '09:30']);
    expect(html).toMatch(
      /Top stories<\/p><time datetime="2026-11-24">24 November 2026 <span class="zone-name">UTC<\/span><\/time>/,
    );
  });

  it('leaves out pictures that it would have to enlarge', () => {
    const lead = (width: number, alt: string | null) => by('l', 'The Paper', { title: 'Ferry aground', picture: { ...picture, width, alt } }); // biome-ignore format: one call
    const shown = (...leads: PageEntry[]) => [...index(leads.map((one) => ofStory(aStory({ lead: one })))).matchAll(/<img [^>]*alt="([^"]*)"/g)].map(([, alt]) => alt); // biome-ignore format: one list
    expect(shown(lead(639, null), lead(299, null))).toEqual([]);
    expect(shown(lead(640, 'Ferry aground!'), lead(300, 'The ferry in the fog'))).toEqual(['', '']);
  });

  it('marks long headlines', () => {
    const long = ofStory(aStory({ lead: by('l', 'The Paper', { title: 'Bridge closes '.repeat(6) }) }));
    expect(classes(index([long, ofStory(aStory())]))).toEqual(['first long', '']);
  });

  it('is left out where no story is prominent, and all stories are still reached', () => {
    expect(index([])).not.toContain('id="top"');
    expect(index([])).toContain('<a href="stories.html">Stories</a>');
    expect(index([], { stories: false })).not.toContain('stories.html');
  });
});

describe('the list of the index', () => {
  const news = (count: number) => Array.from({ length: count }, (_, i) => by(`e${i}`, `Paper ${i}`, { publishedAt: new Date(Date.UTC(2026, 10, 24, 22, -i * 5)) })); // biome-ignore format: one list
  const list = (
    count: number,
    top: readonly TopStory[] = [],
    about: Partial<Extract<ListPage, { kind: 'index' }>> = {},
  ) => {
    const entries = news(count);
    return index(top, { entries, sourceIds: entries.map(({ publication }) => publication), ...about });
  };

  it('has at most 30 entries besides hidden ones, and 20 summaries', () => {
    const html = list(60, [ofStory(aStory({ lead: by('e3', 'Paper 3'), others: [] }))]);
    expect(html.match(/<li class="h-entry">/g)).toHaveLength(30);
    expect(html.match(/<p class="p-summary"/g)).toHaveLength(21);
    expect(html).toContain('articles/e30.html');
    expect(html).not.toContain('articles/e31.html');
  });

  it('is divided by the hour on days with more than twelve entries', () => {
    const hours = (html: string) => [...html.matchAll(/<li class="hour">([^<]*)/g)].map(([, hour]) => hour);
    expect(hours(list(12))).toEqual([]);
    expect(hours(list(15))).toEqual(['22:00–22:59', '21:00–21:59', '20:00–20:59']);
  });

  it('names the ten largest topics and publications, and links to all', () => {
    const counted = Array.from({ length: 12 }, (_, i) => ({ id: `c${i}`, label: `Label ${i}`, count: i }));
    const html = list(1, [], { topics: counted, sources: counted });
    for (const folder of ['topics', 'sources']) {
      const links = [...html.matchAll(new RegExp(`<li><a href="${folder}/(\\w+)`, 'g'))].map(([, id]) => id);
      expect(links.filter((id) => id!.startsWith('c'))).toEqual(counted.slice(2).map(({ id }) => id));
      expect(html).toContain(`<p class="all"><a href="${folder}.html">`);
    }
  });
});

describe('a run of one source', () => {
  const entries = (...from: readonly string[]) => from.map((publication, i) => by(`e${i}`, publication));
  const lines = (html: string) => {
    return [...html.matchAll(/<li class="(?:h-entry|run)">\n?(?:<h3[^>]*>)?<a [^>]*href="(?:articles\/)?([^"]*)"/g)].map(([, href]) => href!.replace('.html', '')); // biome-ignore format: one list
  };
  const shown = (publications: readonly string[], about: Partial<Extract<ListPage, { kind: 'index' }>> = {}) => {
    const sources = [...new Set(publications)].map((id) => ({ id, label: id, count: 1 }));
    return index([], { entries: entries(...publications), sourceIds: publications, sources, ...about });
  };

  it('folds four or more entries after the second', () => {
    expect(lines(shown(['a', 'a', 'a', 'b']))).toEqual(['e0', 'e1', 'e2', 'e3']);
    const html = shown(['b', 'a', 'a', 'a', 'a', 'a', 'b', 'a']);
    expect(lines(html)).toEqual(['e0', 'e1', 'e2', 'sources/a', 'e6', 'e7']);
    expect(html).toContain('<li class="run"><a href="sources/a.html">and 3 more from a</a></li>');
  });

  it('ignores entries that are among the top stories', () => {
    const top = [ofStory(aStory({ lead: by('e1', 'a'), others: [] }))];
    expect(shown(['a', 'a', 'a', 'a', 'b'], { top })).not.toContain('class="run"');
    const html = shown(['a', 'a', 'a', 'a', 'a', 'b'], { top });
    expect(html).toContain('<li class="run"><a href="sources/a.html">and 2 more from a</a></li>');
    expect(lines(html)).toEqual(['e0', 'e2', 'sources/a', 'e5']);
  });

  it('ends at midnight', () => {
    const days = [1, 1, 1, 2, 2, 2].map((day, i) =>
      by(`e${i}`, 'a', { publishedAt: new Date(Date.UTC(2026, 10, 24 - day)) }),
    );
    const other = by('other', 'b', { publishedAt: new Date(Date.UTC(2026, 10, 20)) });
    const html = shown(['a', 'a', 'a', 'a', 'a', 'a', 'b'], { entries: [...days, other] });
    expect(html).not.toContain('class="run"');
  });

  it('is the same in structured data', () => {
    const [, graph] = /ld\+json">(.*?)<\/script>/s.exec(shown(['a', 'a', 'a', 'a', 'b']))!;
    const items = JSON.parse(graph!)['@graph'][0].mainEntity.itemListElement;
    expect(items.map(({ url }: { url: string }) => url.split('/').at(-1))).toEqual(['e0.html', 'e1.html', 'e4.html']);
  });

  it.each([
    ['of the only source', ['a', 'a', 'a', 'a'], {}],
    ['of a source without a page', ['a', 'a', 'a', 'a', 'b'], { sources: [] }],
  ])('is not folded: %s', (_, publications, about) => {
    expect(shown(publications, about)).not.toContain('class="run"');
  });

  it('is not folded if the source has several publications', () => {
    const html = shown(['a', 'a', 'a', 'a', 'b'], { entries: entries('P', 'Q', 'P', 'Q', 'R') });
    expect(html).not.toContain('class="run"');
  });
});

describe('the page of a story', () => {
  const story: StoryPage = {
    slug: 'story',
    lead: by('b', 'Der Bote', { summary: 'What it is about.' }),
    reports: 3,
    publications: 3,
    course: [
      { entry: by('a', 'The Paper'), copies: [by('d', 'sea wire'), by('c', 'Sea Wire')] },
      { entry: by('b', 'Der Bote', { summary: 'What it is about.' }), copies: [] },
    ],
    related: [{ slug: 'other', lead: by('x', 'The Paper', { language: 'de' }) }],
  };
  const html = pageWriter().story(story);

  it('starts with its lead, and lists reports with their copies', () => {
    expect(html).toMatch(
      /<h1 [^>]*>Report b<\/h1>\n<p class="told">3 reports from 3 publications, first 24 November 2026, 09:30 UTC, last 09:30<\/p>/,
    );
    const [course, all] = html.slice(html.indexOf('<ol id="course"'), html.indexOf('<div class="side"')).split('<details') as [string, string]; // biome-ignore format: one split
    expect([...course.matchAll(/<h3 class="p-name"><a class="u-url" href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['../articles/b.html', '../articles/a.html']); // biome-ignore format: one list
    expect(course).toMatch(/The same text in <a href="..\/articles\/c.html"><bdi>Sea Wire<\/bdi>.*<\/a><\/p>/);
    expect(course).not.toContain('articles/d.html');
    expect(course.match(/class="p-summary"/g)).toHaveLength(1);
    expect(all).toContain('<summary>All 4 reports</summary>');
    expect([...all.matchAll(/articles\/(.)\.html/g)].map(([, slug]) => slug)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('has the latest of many reports above the others, which are grouped by day, newest first', () => {
    const course = [20, 20, 21, 21, 22, 22].map((day, i) => ({ entry: by(`r${i}`, `Paper ${i}`, { publishedAt: new Date(Date.UTC(2026, 10, day, i)) }), copies: [] })); // biome-ignore format: one list
    const long = pageWriter().story({ ...story, course, reports: 6, publications: 6 });
    const lists = [...long.matchAll(/<ol [^>]*class="course">.*?<\/ol>/gs)].map(([list]) => [...list.matchAll(/articles\/(r\d)|datetime="([\d-]{10})"/g)].map(([, slug, day]) => slug ?? day)); // biome-ignore format: one list
    expect(lists).toEqual([['r5', 'r4', 'r3'], ['r2'], ['r1', 'r0']]);
    expect([...long.matchAll(/class="date"><time datetime="([\d-]{10})"/g)].map(([, day]) => day)).toEqual(['2026-11-21', '2026-11-20']); // biome-ignore format: one list
    expect(long).toContain('first 20 November 2026, 00:00, last 22 November 2026, 05:00 UTC');
    expect(long).toMatch(/<div class="news" id="oldest">\n<p class="order"><a class="to-oldest" href="#oldest">From the beginning<\/a><a class="to-newest" href="#latest-title">/); // biome-ignore format: one line
  });

  it('shows the picture of its lead once', () => {
    const picture = { url: 'https://a.example/b.jpg', width: 900, height: 600, alt: null, copies: [] };
    const course = Array.from({ length: 6 }, (_, i) => ({ entry: by(`r${i}`, `Paper ${i}`, { picture }), copies: [] }));
    const long = pageWriter().story({ ...story, lead: course[5]!.entry, course });
    expect(long.match(/<li class="h-entry[^"]*">/g)!.slice(0, 3)).toEqual(['<li class="h-entry">', '<li class="h-entry pictured">', '<li class="h-entry pictured">']); // biome-ignore format: one list
  });

  it('has reports in the section’s language first, and groups the others by language', () => {
    const course = [
      { entry: by('r1', 'Der Bote', { language: 'de-AT' }), copies: [] },
      { entry: by('r2', 'The Paper', { language: 'en-GB' }), copies: [] },
      { entry: by('r3', 'الخبر', { language: 'ar' }), copies: [] },
      { entry: by('r4', 'Sea Wire', { language: null }), copies: [] },
      { entry: by('r5', 'Die Welle', { language: 'de' }), copies: [] },
    ];
    const groups = (page: string) => [...page.matchAll(/<h2 id="(?:course-title|reports-(\w+))"[^>]*>([^<]*)|href="..\/articles\/(r\d)/g)].map(([, code, name, slug]) => slug ?? code ?? name); // biome-ignore format: one list
    const page = pageWriter().story({ ...story, course });
    expect(groups(page)).toEqual(['How it went', 'r4', 'r2', 'de', 'r5', 'r1', 'ar', 'r3']);
    expect(page).toContain('<h2 id="reports-ar" lang="ar" dir="rtl">العربية</h2>');
    expect(page).toContain('href="../articles/r1.html" hreflang="de-AT" lang="de-AT"');
    const foreign = pageWriter().story({ ...story, course: [course[0]!, course[2]!], lead: course[2]!.entry });
    expect(groups(foreign)).toEqual(['How it went', 'r3', 'de', 'r1']);
  });

  it('links to related stories, and to its own feeds before the section’s', () => {
    expect(html).toContain('<a href="other.html" lang="de" dir="ltr">Report x</a>');
    const feeds = [...html.matchAll(/rel="alternate" type="[^"]*" title="[^"]*" href="([^"]*)"/g)].map(
      ([, href]) => href,
    );
    expect(feeds.slice(0, 4)).toEqual(['../stories/story.rss', '../stories/story.atom', '../stories/story.json', '../all.rss']); // biome-ignore format: one list
  });

  it('has a title distinct from other stories', () => {
    expect(html).toContain('<title>Report b – Told by 3 publications | The Section</title>');
  });
});

it('lists stories by day, and keeps their order within a day', () => {
  const at = (day: number, slug: string) => aStory({ slug, joinedAt: new Date(Date.UTC(2026, 10, day, 9)) });
  const html = pageWriter().stories([at(23, 'x'), at(24, 'a'), at(23, 'y'), at(24, 'b')]);
  expect([...html.matchAll(/class="u-url" href="([^"]*)"/g)].map(([, href]) => href)).toEqual(['a', 'b', 'x', 'y'].map((slug) => `stories/${slug}.html`)); // biome-ignore format: one list
  expect(html.match(/<h2><time datetime="2026-11-2[34]">/g)).toHaveLength(2);
});

describe('the page of an article', () => {
  const page = (reports: number) => pageWriter().article(anArticlePage({}, { story: { slug: 'story', reports }, more: [by('b', 'Der Bote')] })); // biome-ignore format: one call

  it('links to all reports of its story', () => {
    expect(page(7)).toMatch(/More news<\/h2>\n<p class="all"><a href="\.\.\/stories\/story\.html">All 7 reports<\/a>/);
  });

  it('does not count them where there are many: each new one would rewrite the pages of all', () => {
    expect(page(13)).toContain('All reports on this story');
    expect(page(13)).toBe(page(99));
  });
});
