/** Payloads of published advisories about sanitize-html and its parser: none reaches our output. */
import type { Browser } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { sanitizeHtml } from '../../src/sanitize/sanitize.js';
import { hasBrowser, openBrowser } from '../support/browser.js';
import { processorMs } from '../support/processor-time.js';

const baseUrl = 'https://paper.example/2026/story.html';
const safe = (html: string) => sanitizeHtml(html, { baseUrl });
const PLAYER = '<iframe src="https://www.youtube.com/embed/a">';

/** The advisory or the release that fixes it, the payload, and the text that stays. */
const PAYLOADS: readonly (readonly [advisory: string, html: string, text: string])[] = [
  ['GHSA-jxwj-j7wr-gfrw: textarea, end tag with a solidus', '<textarea></textarea/><img src=x onerror=alert(1)>', ''],
  ['GHSA-jxwj-j7wr-gfrw: xmp, end tag with a solidus', '<xmp></xmp/><img src=x onerror=alert(1)>', ''],
  ['GHSA-jxwj-j7wr-gfrw: a script after it', '<p>a</p><textarea></textarea/><script>alert(1)</script>', 'a'],
  ['GHSA-jxwj-j7wr-gfrw: title', '<title></title/><img src=x onerror=alert(1)>', ''],
  ['GHSA-jxwj-j7wr-gfrw: style', '<style></style/><img src=x onerror=alert(1)>', ''],
  ['GHSA-jxwj-j7wr-gfrw: a player', `${PLAYER}</iframe/><img src=x onerror=alert(1)></iframe>`, ''],
  ['2.17.6: textarea in svg, unclosed', '<svg><textarea><img src=x onerror=alert(1)>', ''],
  ['2.17.6: textarea in svg', '<svg><textarea><img src=x onerror=alert(1)></textarea></svg>a', 'a'],
  ['2.17.6: xmp in math', '<math><xmp><img src=x onerror=alert(1)></xmp></math>a', 'a'],
  [
    '2.17.6: textarea at an integration point of svg',
    '<svg><foreignObject><textarea><img src=x onerror=alert(1)></textarea></foreignObject></svg>a',
    'a',
  ],
  [
    '2.17.6: xmp at an integration point of math',
    '<math><mtext><xmp><img src=x onerror=alert(1)></xmp></mtext></math>a',
    'a',
  ],
  [
    'CVE-2026-84371: an animation with a list of values',
    '<svg><a><animate attributeName="href" values="#safe;javascript:alert(1)"/><text y="20">t</text></a></svg>a',
    'a',
  ],
  [
    'CVE-2026-84371: an animation that sets the address',
    '<svg><a><set attributeName="href" to="javascript:alert(1)"/><text y="20">t</text></a></svg>a',
    'a',
  ],
  [
    'CVE-2026-84371: an animation of another element',
    '<svg><animate xlink:href="#x" attributeName="xlink:href" from="javascript:alert(1)" to="&"/></svg><a id="x">t</a>',
    't',
  ],
  [
    'CVE-2026-84371: an animation in a link of HTML',
    '<a href="/c">t<animate attributeName="href" values="javascript:alert(1)"></a>',
    't',
  ],
  [
    'GHSA-374f-7chj-9948: an animation with a namespace prefix',
    '<svg:svg><svg:a><svg:animate attributeName="href" values="javascript:alert(1)"/>t</svg:a></svg:svg>',
    't',
  ],
  [
    'GHSA-x3q4-9hxx-gx8m: noscript that an end tag of an ancestor closes',
    '<div>a<noscript></div><p title="</noscript><img src=x onerror=alert(1)>">b</p>',
    'ab',
  ],
  [
    'GHSA-x3q4-9hxx-gx8m: an end tag of noscript in an attribute',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>a',
    '',
  ],
  ['GHSA-cv27-6wvh-8x7j: a refresh', '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">a', 'a'],
  ['GHSA-cv27-6wvh-8x7j: a refresh without "url="', '<meta http-equiv=refresh content="0 javascript:alert(1)">a', 'a'],
  [
    'GHSA-rpr9-rxv7-x643: xmp that is not permitted',
    '<xmp><script>alert(1)</script><img src=x onerror=alert(1)></xmp>a',
    'a',
  ],
  [
    '2.17.3: option with references',
    '<select><option>&lt;img src=x onerror=alert(1)&gt;</option></select><option>&lt;script&gt;alert(1)&lt;/script&gt;</option>a',
    'a',
  ],
  ['2.17.2: a reference with zeros', '<a href="&#0000106;avascript:alert(1)">t</a>', 't'],
  [
    '2.17.5: addresses of forms',
    '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">t</button></form>',
    't',
  ],
  [
    'the namespaces of math and svg in a form',
    '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=alert(1) src>">a',
    '',
  ],
  ['an end tag of a player in an attribute', `${PLAYER}<p title="</iframe><img src=x onerror=alert(1)>">b</p>`, 'b'],
  ['an end tag of a player as text', `${PLAYER}&lt;/iframe>&lt;img src=x onerror=alert(1)></iframe>`, ''],
];

/** Elements and attributes that run code or load documents, apart from sandboxed players. */
const RUNS =
  /<\/?(?!(?:a|b|br|div|iframe|img|p)\b)[a-z]|<[^>]*\s(?:on\w+|srcdoc|action|formaction|style)\s*=|="\s*(?:javascript|data|vbscript):/i;

describe('payloads of advisories', () => {
  it.each(PAYLOADS)('%s', (_, html, text) => {
    const output = safe(html);
    expect(output).not.toMatch(RUNS);
    expect(safe(output)).toBe(output);
    if (!output.includes('<iframe')) expect(output.replace(/<[^>]*>/g, '')).toBe(text);
  });

  it('GHSA-c9rx-x947-fp3h: reads nested frames in linear time', async () => {
    const html = `${'<iframe>'.repeat(60_000)}<img src=x onerror=alert(1)>`;
    expect(await processorMs(() => void safe(html))).toBeLessThan(4_000);
    expect(safe(html)).toBe('');
  });
});

describe.skipIf(!hasBrowser)('payloads of advisories in a browser', { timeout: 300_000 }, () => {
  let browser: Browser | null = null;
  afterAll(() => browser?.close());

  it('run nothing, and become no other elements than we wrote', async () => {
    browser = await openBrowser();
    const page = await browser.newPage();
    await page.route('**', (route) => route.abort());
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.setContent(PAYLOADS.map(([, html]) => `<section>${safe(html)}</section>`).join(''));
    const found: string[] = await page.evaluate(`[...document.querySelectorAll('section *')].flatMap((element) => [
      element.localName,
      ...element.getAttributeNames().filter((name) => name.startsWith('on')),
    ])`);
    expect([...new Set(found)].sort()).toEqual(['a', 'div', 'iframe', 'p']);
    expect(dialogs).toEqual([]);
  });
});
