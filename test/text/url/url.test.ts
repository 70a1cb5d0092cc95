import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareHost, canonicalUrl, resolveUrlKey, urlKey } from '../../../src/text/url/url.js';
import { runs } from '../../support/thorough.js';

const FEED = 'https://paper.example/feeds/all.xml';

describe('canonicalUrl', () => {
  it.each([
    ['https://paper.example/a', 'https://paper.example/a'],
    ['  https://paper.example/a\n', 'https://paper.example/a'],
    ['HTTPS://Paper.Example/A', 'https://paper.example/A'],
    ['https://paper.example:443/a', 'https://paper.example/a'],
    ['http://paper.example:80/a', 'http://paper.example/a'],
    ['http://paper.example:8080/a', 'http://paper.example:8080/a'],
    ['https://me:secret@paper.example/a', 'https://paper.example/a'],
    ['https://paper.example/a#top', 'https://paper.example/a'],
    ['https://paper.example/#!/a/1', 'https://paper.example/#!/a/1'],
    ['https://paper.example/#/a/1', 'https://paper.example/#/a/1'],
    ['https://paper.example/#/', 'https://paper.example/'],
    ['https://paper.example', 'https://paper.example/'],
    ['https://paper.example/a/', 'https://paper.example/a/'],
    ['/a', 'https://paper.example/a'],
    ['a.html', 'https://paper.example/feeds/a.html'],
    ['../a', 'https://paper.example/a'],
    ['//other.example/a', 'https://other.example/a'],
    ['?p=2', 'https://paper.example/feeds/all.xml?p=2'],
    ['https://bücher.example/ä', 'https://xn--bcher-kva.example/%C3%A4'],
    ['https://paper.example/a?', 'https://paper.example/a'],
    ['https://paper.example/a?b=2&a=1', 'https://paper.example/a?b=2&a=1'],
    ['https://paper.example/a?q=a%20b+c', 'https://paper.example/a?q=a%20b+c'],
    ['https://paper.example/a?x&y=', 'https://paper.example/a?x&y='],
    ['https://paper.example/a b', 'https://paper.example/a%20b'],
    ['https://paper.example/a?utm_source=rss&id=4', 'https://paper.example/a?id=4'],
    ['https://paper.example/a?UTM_Source=rss', 'https://paper.example/a'],
    ['https://paper.example/a?utm%5Fsource=rss', 'https://paper.example/a'],
    ['https://paper.example/a?ref=paper.example', 'https://paper.example/a'],
    ['https://other.example/a?ref=www.paper.example', 'https://other.example/a'],
    ['https://other.example/a?ref=homepage', 'https://other.example/a?ref=homepage'],
    ['https://other.example/a?ref=other.example', 'https://other.example/a?ref=other.example'],
    ['https://paper.example/amp/', 'https://paper.example/amp/'],
    // escaped once too often, or written without the scheme
    ['https://paper.example/a?id=1&amp;page=2&amp;amp;x#', 'https://paper.example/a?id=1&page=2&x'],
    ['www.other.example/a', 'https://www.other.example/a'],
    ['www.html', 'https://paper.example/feeds/www.html'],
    // sessions
    ['https://paper.example/a;jsessionid=3F.node1?id=1', 'https://paper.example/a?id=1'],
    ['https://paper.example/a;v=2;JSESSIONID=3F/b', 'https://paper.example/a;v=2/b'],
    ['https://paper.example/a?PHPSESSID=3f&id=1', 'https://paper.example/a?id=1'],
    // names for the origin of a visit, if the value is a feed
    ['https://other.example/a?ref=rss', 'https://other.example/a'],
    ['https://other.example/a?src=rss&id=1', 'https://other.example/a?id=1'],
    ['https://other.example/a?source=rss----3fa1b2c4d5e6--arts', 'https://other.example/a'],
    ['https://other.example/a?from=RSS-politics', 'https://other.example/a'],
    ['https://other.example/a?link_source=feed', 'https://other.example/a'],
    ['https://other.example/a?via=paper.example', 'https://other.example/a'],
    ['https://other.example/a?rss=1', 'https://other.example/a'],
    ['https://other.example/a?rss', 'https://other.example/a'],
    ['https://other.example/a?rss=politics', 'https://other.example/a?rss=politics'],
    ['https://other.example/a?ref=main', 'https://other.example/a?ref=main'],
    ['https://other.example/a?source=press', 'https://other.example/a?source=press'],
    ['https://other.example/a?source=feed-the-birds', 'https://other.example/a?source=feed-the-birds'],
    ['https://other.example/a?format=rss', 'https://other.example/a?format=rss'],
    ['https://other.example/a?tag=rss', 'https://other.example/a?tag=rss'],
    ['https://other.example/a?q=rss', 'https://other.example/a?q=rss'],
    // names that track on one site only
    ['https://www.youtube.com/watch?v=x1&feature=youtube_gdata', 'https://www.youtube.com/watch?v=x1'],
    ['https://other.example/watch?v=x1&feature=dark', 'https://other.example/watch?v=x1&feature=dark'],
    ['https://www.bbc.co.uk/news/1?ocid=wsnews', 'https://www.bbc.co.uk/news/1'],
    ['https://tenders.example/view?ocid=ocds-1', 'https://tenders.example/view?ocid=ocds-1'],
    ['https://fund.example/view?campaign_id=7', 'https://fund.example/view?campaign_id=7'],
    ['https://notyoutube.com/watch?feature=x', 'https://notyoutube.com/watch?feature=x'],
    ['https://www.dw.com/a-1?maca=en-rss-en-all', 'https://www.dw.com/a-1'],
    // redirectors with their target in the address
    ['https://www.google.com/url?rct=j&sa=t&url=https://paper.example/a&ct=ga', 'https://paper.example/a'],
    ['https://www.google.com/url?q=https%3A%2F%2Fpaper.example%2Fa%3Fid%3D1', 'https://paper.example/a?id=1'],
    ['https://l.facebook.com/l.php?u=https%3A%2F%2Fpaper.example%2Fa%3Ffbclid%3Dx&h=y', 'https://paper.example/a'],
    ['https://t.umblr.com/redirect?z=https%3A%2F%2Fpaper.example%2Fa&t=z', 'https://paper.example/a'],
    ['https://out.reddit.com/t3_x?url=https%3A%2F%2Fpaper.example%2Fa', 'https://paper.example/a'],
    [
      'https://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fpaper.example%2fa',
      'https://paper.example/a',
    ],
    ['https://duckduckgo.com/l/?uddg=https%3A%2F%2Fpaper.example%2Fa', 'https://paper.example/a'],
    ['https://vk.com/away.php?to=https%3A%2F%2Fpaper.example%2Fa', 'https://paper.example/a'],
    [
      'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fpaper.example%2Fa&data=x',
      'https://paper.example/a',
    ],
    [
      'https://www.google.com/url?url=https://www.google.com/url?url=https%3A%2F%2Fpaper.example%2Fa',
      'https://paper.example/a',
    ],
    ['https://www.google.com/url?url=javascript:alert(1)', 'https://www.google.com/url?url=javascript:alert(1)'],
    [
      'https://www.google.com/search?q=https://paper.example/a',
      'https://www.google.com/search?q=https://paper.example/a',
    ],
    ['https://notgoogle.com/url?url=https://paper.example/a', 'https://notgoogle.com/url?url=https://paper.example/a'],
    // AMP caches
    ['https://www.google.com/amp/s/paper.example/a', 'https://paper.example/a'],
    ['https://www.google.co.uk/amp/paper.example/a', 'http://paper.example/a'],
    ['https://paper-example.cdn.ampproject.org/c/s/paper.example/a?id=1', 'https://paper.example/a?id=1'],
    ['https://cdn.ampproject.org/v/s/paper.example/a', 'https://paper.example/a'],
  ])('%s', (raw, expected) => {
    expect(canonicalUrl(raw, FEED)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    'javascript:alert(1)',
    'data:text/html,x',
    'mailto:a@paper.example',
    'ftp://paper.example/a',
    'http://',
    'https://[bad',
    'urn:x:1',
  ])('is null for %j', (raw) => {
    expect(canonicalUrl(raw, FEED)).toBeNull();
  });

  it('is null for a relative address without base, and for an overlong one', () => {
    expect(canonicalUrl('/a', null)).toBeNull();
    expect(canonicalUrl(`https://paper.example/${'a'.repeat(9_000)}`, FEED)).toBeNull();
  });

  const prefixes = [
    'utm_x',
    'mtm_x',
    'pk_x',
    'piwik_x',
    'hsa_x',
    '_hsenc',
    '__hstc',
    'vero_x',
    'itm_x',
    'wt_mc',
    'wt.mc_id',
    'at_x',
  ];
  const names =
    'fbclid gclid dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok oly_anon_id oly_enc_id s_cid ' +
    'cmpid ito _openstat at_medium at_campaign ns_mchannel ns_campaign smid xtor icid ncid traffic_source adChannelId srsltid wprss';
  it.each([...prefixes, ...names.split(' ')])('drops %s', (name) => {
    expect(canonicalUrl(`https://paper.example/a?id=7&${name}=x&page=2`, FEED)).toBe(
      'https://paper.example/a?id=7&page=2',
    );
  });
});

describe('urlKey', () => {
  const same = 'https://paper.example/a/story';
  it.each([
    'https://paper.example/a/story',
    'http://paper.example/a/story',
    'https://www.paper.example/a/story',
    'http://www.paper.example/a/story/',
    'https://paper.example/a/story//',
    'https://PAPER.example:443/a/story',
    'https://paper.example./a/story',
    'https://paper.example/a/story#comments',
    'https://paper.example/a/story?utm_source=rss',
    'https://paper.example/a/story?',
    'https://paper.example/a/%73tory',
    'https://paper.example/a/story/amp',
    'https://paper.example/a/story/amp/',
    'https://paper.example/a/story.amp',
    'https://paper.example/a/story?amp',
    'https://paper.example/a/story?amp=1',
    'https://paper.example/a/story?outputType=amp',
    'https://amp.paper.example/a/story',
    'https://www.google.com/amp/s/www.paper.example/a/story',
    'https://paper-example.cdn.ampproject.org/c/s/paper.example/a/story/amp',
    'https://www.google.com/url?url=https%3A%2F%2Fpaper.example%2Fa%2Fstory',
  ])('knows %s', (spelling) => {
    expect(urlKey(spelling)).toBe(same);
  });

  it.each([
    ['https://paper.example/a/Story', 'https://paper.example/a/story'],
    ['https://paper.example/a?id=1', 'https://paper.example/a?id=2'],
    ['https://paper.example/a?b=1&c=2', 'https://paper.example/a?c=2&b=1'],
    ['https://paper.example/#!/a/1', 'https://paper.example/#!/a/2'],
    ['https://paper.example/#/a/1', 'https://paper.example/#/a/2'],
    ['https://m.paper.example/a', 'https://paper.example/a'],
    ['https://paper.example:8443/a', 'https://paper.example/a'],
    ['https://paper.example/camp', 'https://paper.example/c'],
    ['https://paper.example/a%2Fb', 'https://paper.example/a/b'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(urlKey(one)).not.toBe(urlKey(other));
  });

  it.each([
    ['https://paper.example/caf%c3%a9', 'https://paper.example/caf%C3%A9'],
    ['https://paper.example/café', 'https://paper.example/caf%C3%A9'],
    ['https://paper.example/%7euser', 'https://paper.example/~user'],
    ['https://paper.example/a[1]|b?x[]={y}', 'https://paper.example/a%5B1%5D%7Cb?x%5B%5D=%7By%7D'],
    ['https://paper.example/story.amp.html', 'https://paper.example/story.html'],
    ['https://www.example/a', 'https://www.example/a'],
    ['https://paper.example/', 'https://paper.example/'],
    ['https://www.paper.example./a', 'https://paper.example/a'],
    ['http://www.1../a', 'https://www.1../a'],
    ['http://amp.1.99999999999../a', 'https://1.99999999999../a'],
    ['urn:x:1', 'urn:x:1'],
  ])('%s has the key %s', (url, key) => {
    expect(urlKey(url)).toBe(key);
  });

  it('accepts a relative address', () => {
    expect(resolveUrlKey('../a?utm_source=rss#top', 'http://www.paper.example/feeds/')).toBe('https://paper.example/a');
    expect(resolveUrlKey('mailto:editor@paper.example', FEED)).toBeNull();
  });
});

const anUrl = fc
  .tuple(
    fc.constantFrom('http', 'https', 'HTTP'),
    fc.constantFrom(
      'paper.example',
      'www.paper.example',
      'amp.paper.example',
      'www.amp.www.paper.example.',
      'paper.example:443',
      'paper.example:80',
      '127.0.0.1:8080',
      'bücher.example',
      'www.google.com',
      'x.cdn.ampproject.org',
      'me:pw@paper.example',
    ),
    fc.array(
      fc.constantFrom(
        '/',
        'a',
        'amp',
        '.amp',
        '.html',
        '%2e',
        '%2E%2e',
        '..',
        '.',
        '%c3%a9',
        '%7E',
        'é',
        ' ',
        's',
        'c',
        'url',
        '%',
        '%zz',
        '\\',
        ':',
        '@',
        '/amp/s/paper.example',
      ),
    ),
    fc.array(
      fc.constantFrom(
        'a=1',
        'utm_source=x',
        'amp',
        'amp=1',
        '',
        'url=https://paper.example/a?amp',
        'q=%2e%c3',
        '%',
        "'",
        'ref=paper.example',
        'u=http://x.example/amp',
      ),
    ),
    fc.constantFrom('', '#', '#top', '#!/a', '#/a', '#!%c3'),
  )
  .map(
    ([scheme, host, path, query, hash]) =>
      `${scheme}://${host}/${path.join('')}${query.length > 0 ? `?${query.join('&')}` : ''}${hash}`,
  );

describe('idempotence', () => {
  it('holds for canonicalUrl and urlKey; a page and its canonical address share a key', () => {
    fc.assert(
      fc.property(fc.oneof(anUrl, fc.webUrl({ withQueryParameters: true, withFragments: true })), (raw) => {
        const url = canonicalUrl(raw, FEED);
        fc.pre(url !== null);
        expect(canonicalUrl(url!, FEED)).toBe(url);
        expect(urlKey(urlKey(raw))).toBe(urlKey(raw));
        expect(urlKey(canonicalUrl(raw, null)!)).toBe(urlKey(raw));
      }),
      { numRuns: runs(2_000), seed: 5 },
    );
  });
});

it('ignores the letter case of the scheme', () => {
  const afterScheme = fc
    .tuple(
      fc.constantFrom(
        'paper.example',
        'www.paper.example',
        'amp.paper.example',
        'www.google.com',
        'x.cdn.ampproject.org',
      ),
      fc.array(
        fc.constantFrom('/', 'a', 'Amp', '/amp', '.amp', '.html', '%7e', '%2F', '-', '+', '/url', '/c/s/x.example/a'),
      ),
      fc.array(
        fc.constantFrom(
          'a=1',
          'utm_source=x',
          'amp',
          'AMP=1',
          '',
          'q=%7e',
          'ref=paper.example',
          'ref=b',
          'url=http://x.example/',
        ),
      ),
      fc.constantFrom('', '#top', '#!/a', '#/a'),
    )
    .map(
      ([host, path, query, hash]) =>
        `://${host}/${path.join('')}${query.length > 0 ? `?${query.join('&')}` : ''}${hash}`,
    );
  fc.assert(
    fc.property(afterScheme, fc.constantFrom(FEED, null), (rest, base) => {
      expect(canonicalUrl(`https${rest}`, base)).toBe(canonicalUrl(`HTTPS${rest}`, base));
      expect(urlKey(`https${rest}`)).toBe(urlKey(`HTTPS${rest}`));
    }),
    { numRuns: runs(2_000), seed: 7 },
  );
});

it('recognises subdomains', () => {
  expect(bareHost('https://www.paper.example/a')).toBe('paper.example');
  expect(bareHost('urn:x')).toBeNull();
  expect(bareHost(null)).toBeNull();
});
