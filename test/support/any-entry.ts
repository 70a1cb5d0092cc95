/** Arbitrary entries for property tests, as hostile as the type Entry allows. */
import fc from 'fast-check';
import type { Entry } from '../../src/model/channel.js';
import { aChannel, anEntry } from './channel.js';
import { anyString, anyText } from './hostile.js';

const url = fc
  .webUrl({ withQueryParameters: true })
  .filter((text) => /^[\x21-\x7e]+$/.test(text) && !/["<>\\^`{|}]/.test(text));
const date = fc.date({ min: new Date('1990-01-02'), max: new Date('2099-01-01'), noInvalidDate: true });
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const publication = fc.record({ title: anyText, url: url.map(String), feedUrl: orNull(url) });
const topic = fc.record({
  id: fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/),
  label: anyText,
  scheme: fc.constantFrom('https://news.example.org/feeds/topics/', 'http://cv.iptc.org/newscodes/mediatopic/'),
  term: fc.stringMatching(/^[a-z][a-z0-9-]{0,9}$/),
});

export const anyEntry: fc.Arbitrary<Entry> = fc
  .record({
    url,
    title: anyText,
    summary: fc.oneof(fc.constant(''), anyText),
    contentHtml: orNull(anyText),
    authors: fc.array(fc.record({ name: anyText, url: orNull(url) }), { maxLength: 3 }),
    language: orNull(fc.constantFrom('de', 'uk', 'pt-BR')),
    publishedAt: date,
    updatedAt: orNull(date),
    image: orNull(
      fc.record({
        url,
        width: orNull(fc.nat()),
        height: orNull(fc.nat()),
        alt: orNull(anyText),
        type: fc.constant(null),
      }),
    ),
    enclosures: fc.array(
      fc.record({
        url,
        type: fc.constantFrom('audio/mpeg', 'video/mp4'),
        length: orNull(fc.nat()),
        duration: orNull(fc.nat()),
      }),
      { maxLength: 2 },
    ),
    episode: orNull(
      fc.record({
        season: fc.integer({ min: 1, max: 99 }),
        number: orNull(fc.integer({ min: 1 })),
        transcripts: fc.array(
          fc.record({ url, type: fc.constant('text/vtt'), language: orNull(fc.constantFrom('de', 'uk')) }),
          { maxLength: 2 },
        ),
        chapters: orNull(fc.record({ url, type: fc.constant('application/json+chapters') })),
        people: fc.array(fc.record({ name: anyText, role: orNull(anyText), url: orNull(url) }), { maxLength: 2 }),
      }),
    ),
    topics: fc.uniqueArray(topic, { maxLength: 3, selector: ({ label }) => label }),
    publication,
    via: orNull(publication),
    credited: orNull(fc.record({ title: anyText, url: orNull(url) })),
    rights: orNull(anyText),
    commentsUrl: orNull(url),
    discussionUrl: orNull(url),
    related: fc.array(
      fc.record({ url, title: anyText, publication: anyText, language: fc.constantFrom(null, 'de', 'uk') }),
      { maxLength: 2 },
    ),
  })
  .map((about) => anEntry({ ...about, originalUrl: about.url }));

export const anyChannel = fc
  .record({
    entries: fc.array(anyEntry, { minLength: 1, maxLength: 4 }),
    title: anyText,
    description: anyText,
    comment: orNull(anyString),
  })
  .map(({ entries, title, description, comment }) =>
    aChannel({
      title,
      description,
      siteTitle: title,
      kind: 'stories',
      entries: entries.map((entry, n) => ({ ...entry, id: `tag:news.example.org,2026:${n}` })),
      tombstones: [{ id: 'urn:example:gone', when: new Date('2026-11-20T00:00:00Z'), comment }],
    }),
  );
