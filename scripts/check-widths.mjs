// Checks at all widths from 320 to 1920 px that no text of the index is in a column narrower than 180 px, and that nothing overflows.
// node scripts/check-widths.mjs [--rounds 6]   Needs `npm run build` and Chromium ($CHROMIUM).
// Each round lays out other random stories and articles: with and without pictures, with long words and long names.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { createPageWriter } from '../dist/write/html/html.js';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '6' } } });
const NARROWEST = 180;
const WIDTHS = Array.from({ length: 101 }, (_, i) => 320 + i * 16);
const WORDS = [
  'Ferry',
  'aground',
  'Donaudampfschifffahrtsgesellschaft',
  'tsunami',
  'of',
  'Cagayan',
  'warns',
  'Llanfairpwllgwyngyll',
];
const NAMES = [
  'A',
  'Küstenbote',
  'Manila Broadcasting Corporation News & Public Affairs',
  'Continental News Network',
  'BD',
];

let seed = 1;
const random = (below) => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
};
const pick = (list) => list[random(list.length)];
const words = (most) => Array.from({ length: 1 + random(most) }, () => pick(WORDS)).join(' ');

function article(id) {
  const [width, height] = pick([[1200, 800], [600, 900], [400, 400], [1600, 500]]); // biome-ignore format: one list
  const url = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E';
  const picture = random(2) === 0 ? null : { url, width, height, alt: null, copies: [] };
  const about = { language: pick(['en', 'de', null]), publishedAt: new Date(Date.UTC(2026, 10, 24, 23 - (id % 24))) };
  return { id: `a${id}`, slug: `a${id}`, title: words(14), summary: words(40), publication: pick(NAMES), sourceId: null, picture, alsoReportedBy: [], ...about }; // biome-ignore format: one object
}

function writeIndex(writer) {
  const top = Array.from({ length: 2 + random(8) }, (_, i) => {
    const others = Array.from({ length: 1 + random(14) }, (_, j) => article(1000 + i * 100 + j));
    const lead = article(i);
    return {
      entry: lead,
      isPinned: false,
      story: { slug: `s${i}`, lead, others, reports: 20, joinedAt: lead.publishedAt },
    };
  });
  const entries = Array.from({ length: 24 }, (_, i) => article(100 + i));
  return writer.list({ kind: 'index', top, entries, sourceIds: entries.map(({ publication }) => publication), stories: true, topics: [], sources: [], lastArchive: null }); // biome-ignore format: one page
}

/** Runs in the page. */
function findFaults(narrowest) {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push(`page is ${root.scrollWidth} px wide`);
  for (const element of document.querySelectorAll('main :is(h2, h3, p, ul.also)')) {
    const style = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    if (height === 0 || style.position === 'absolute' || element.closest('.label')) continue;
    if (width < narrowest)
      faults.push(
        `${element.className || element.localName} "${element.textContent.slice(0, 30)}" is ${Math.round(width)} px wide`,
      );
  }
  return faults;
}

const site = { title: 'The Section', description: '', language: 'en', feedsUrl: 'https://news.example.org/', formats: ['html'], perSource: false, words: {}, zone: { name: 'UTC', offsets: [] }, menu: [], hasTopics: false, ownPictures: false, icon: null, sharedImage: null, icons: false }; // biome-ignore format: one object
const writer = createPageWriter(site, { templates: {}, stylesheet: '' });
const css = readFileSync(new URL('../dist/write/html/style.css', import.meta.url), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
let failed = 0;
for (let round = 1; round <= Number(values.rounds); round++) {
  const html = writeIndex(writer)
    .replace(/<meta http-equiv[^>]*>/, '')
    .replace('</head>', `<style>${css}</style></head>`);
  await page.setContent(html);
  for (const media of ['screen', 'print']) {
    await page.emulateMedia({ media });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const faults = await page.evaluate(findFaults, NARROWEST);
      failed += faults.length;
      for (const fault of faults.slice(0, 3)) console.log(`round ${round}, ${media}, ${width} px: ${fault}`);
    }
  }
}
await browser.close();
console.log(failed === 0 ? `ok: ${values.rounds} rounds, ${WIDTHS.length} widths` : `${failed} faults`);
process.exit(failed === 0 ? 0 : 1);
