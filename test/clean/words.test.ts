import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/clean.js';
import type { Draft } from '../../src/model/article.js';
import type { Item, ParsedFeed } from '../../src/model/item.js';
import { aContext, aFeed, anItem, html, text } from '../support/an-item.js';

const draftOf = (said: Partial<Item>, feed: Partial<ParsedFeed> = {}, title: string | null = null): Draft =>
  clean(aFeed([anItem(said)], feed), aContext({ title })).drafts[0]!;

describe('title', () => {
  it.each([
    ['html', html('<em>Ferry</em> returns &amp; sails'), 'Ferry returns & sails'],
    ['text with markup: it stays', text('What the tag <b> means'), 'What the tag <b> means'],
    ['text about an escape', text('Write &lt; for less'), 'Write &lt; for less'],
    ['white space', text('\n  Pier   & market\n reopen '), 'Pier & market reopen'],
    ['escaped once too often', html('Tarn&amp;#8217;s caf&amp;eacute; &amp;amp; bar'), 'Tarn’s caf&eacute; & bar'],
    ['escaped in plain text', text('Tarn&#8217;s bar &amp; grill &hellip;'), 'Tarn’s bar & grill …'],
    ['CDATA put on twice', html('<![CDATA[Ferry <b>returns</b>]]>'), 'Ferry returns'],
    ['a tag that is its subject', html('How to use <video> in <b>Safari</b>'), 'How to use <video> in Safari'],
    ['a type', html('Vec<String> is slow'), 'Vec<String> is slow'],
    ['a comparison', html('If a<b then <i>c</i> or a<b'), 'If a<b then c or a<b'],
    ['an element that ends', html('Ferry<script>x()</script> <foo>returns</foo>'), 'Ferry returns'],
    ['a tag that is cut off', html('Ferry <a href="/fer'), 'Ferry'],
    ['nothing to see', text('\u200b'), 'The Paper, 2026-11-24'],
    ['a letter of no width', html('&#12644;&#10240;'), 'The Paper, 2026-11-24'],
    ['signs alone', text('?! 🎉'), '?! 🎉'],
    ['tricks of direction', text('\u202Eabc\u2066'), 'abc'],
    ['decomposed', text('Cafe\u0301'), 'Café'],
    ['suffix |', text('Ferry returns | The Paper'), 'Ferry returns'],
    ['suffix -', text('Ferry returns - The Paper'), 'Ferry returns'],
    ['suffix –', text('Ferry returns – the paper'), 'Ferry returns'],
    ['suffix —', text('Ferry – and bus — The Paper'), 'Ferry – and bus'],
    ['another suffix', text('Ferry returns | Harbour'), 'Ferry returns | Harbour'],
    ['the name inside', text('The Paper - a history'), 'The Paper - a history'],
    ['the name alone', text('The Paper'), 'The Paper'],
    ['the same ending without a bar', text('We buy The Paper'), 'We buy The Paper'],
  ])('%s', (_name, title, expected) => {
    expect(draftOf({ title }).title).toBe(expected);
  });

  it("drops the editor's name and that of the original publication", () => {
    expect(draftOf({ title: text('Ferry returns - Our Paper') }, {}, 'Our Paper').title).toBe('Ferry returns');
    const source = { title: 'Harbour Dispatch', url: null, feedUrl: null };
    expect(draftOf({ title: text('Ferry returns - Harbour Dispatch'), source }).title).toBe('Ferry returns');
  });

  it('drops the name of the linked site', () => {
    expect(draftOf({ title: text('Ferry returns - Harbour'), url: 'https://www.harbour.example/1' }).title).toBe(
      'Ferry returns',
    );
    expect(draftOf({ title: text('Ferry returns - The New York Times'), url: 'https://www.nytimes.com/1' }).title).toBe(
      'Ferry returns',
    );
  });

  it.each(['18.03.2022', 'Friday, 18 March 2022', 'March 18, 2022'])(
    'keeps the name of a broadcast after %s',
    (date) => {
      expect(draftOf({ title: text(`${date} – The Paper`) }).title).toBe(`${date} – The Paper`);
    },
  );

  describe('with an ending common to the source', () => {
    const context = (titleEnding: string | null) => ({ ...aContext(), titleEnding });
    const said = (title: string) => anItem({ title: text(title), url: `https://paper.example/${title.length}` });
    const evening = ['Ferry sails', 'Ferry returns home', 'Pier', 'Market reopens'].map((title) =>
      said(`${title} | Evening Boats`),
    );
    const document = (titleEnding: string | null, ...items: Item[]) => clean(aFeed(items), context(titleEnding));

    it('loses the ending learned from the first document', () => {
      const { drafts, titleEnding } = document(null, ...evening, said('Special'));
      expect(titleEnding).toBe(' | Evening Boats');
      expect(drafts.map(({ title }) => title)).toEqual([
        'Ferry sails',
        'Ferry returns home',
        'Pier',
        'Market reopens',
        'Special',
      ]);
    });

    it('loses a learned ending, whatever the other titles', () => {
      const { drafts, titleEnding } = document(' | Evening Boats', evening[0]!);
      expect([drafts[0]!.title, titleEnding]).toEqual(['Ferry sails', ' | Evening Boats']);
    });

    it('keeps an ending that is rare or was not learned', () => {
      expect(document(null, ...evening).drafts[0]!.title).toBe('Ferry sails | Evening Boats');
      expect(document(null, ...evening, said('One'), said('Two')).titleEnding).toBe('');
      expect(document('', ...evening, said('Five | Evening Boats')).drafts[0]!.title).toBe(
        'Ferry sails | Evening Boats',
      );
    });

    it('keeps a number', () => {
      const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((day) => said(`${day} – Week 34`));
      expect(document(null, ...days).drafts[0]!.title).toBe('Monday – Week 34');
    });

    it('is not a revision if the rule changes', () => {
      const [before, after] = ['', ' | Evening Boats'].map((ending) => document(ending, evening[0]!).drafts[0]!);
      expect(before!.title).not.toBe(after!.title);
      expect(before!.contentHash).toBe(after!.contentHash);
    });
  });

  it.each([
    [
      text('Rain closed the harbour bridge for an hour. Traffic was sent north.'),
      'Rain closed the harbour bridge for an hour.',
    ],
    [text('word '.repeat(40)), /^(?:word )+word…$/],
    [null, 'The Paper, 2026-11-24'],
  ])('has a stand-in where the source gives none', (summary, expected) => {
    const { title } = draftOf({ title: text(' '), summary });
    if (typeof expected === 'string') expect(title).toBe(expected);
    else expect(title).toMatch(expected);
    expect(title.length).toBeLessThanOrEqual(80);
  });

  it('is never empty', () => {
    expect(draftOf({ title: null, published: null }).title).toBe('The Paper');
    expect(draftOf({ title: html('<img src="x">') }).title).toBe('The Paper, 2026-11-24');
  });
});

describe('summary', () => {
  const summary = (value: string) => draftOf({ summary: html(value) }).summary;
  it.each([
    ['Boats leave at nine.', 'Boats leave at nine.'],
    ['<p>Boats leave at nine.</p><p>The café is open.</p>', 'Boats leave at nine. The café is open.'],
    ['Boats leave. Read more', 'Boats leave.'],
    ['Boats leave. <a href="/x">Read more &raquo;</a>', 'Boats leave.'],
    ['Boats leave at nine <a href="/x">Continue reading <span>Ferry returns</span> &rarr;</a>', 'Boats leave at nine'],
    ['<p>Boats leave.</p><p><a href="/x">Continue reading Ferry returns</a></p>', 'Boats leave.'],
    [
      '<p>Boats leave.</p><p>The post <a href="/x">Ferry returns</a> appeared first on <a href="/">The Paper</a>.</p>',
      'Boats leave.',
    ],
    ['<p>Boats leave [&#8230;]</p><p>The post Ferry returns first appeared on The Paper.</p>', 'Boats leave…'],
    ['Boats leave [...]', 'Boats leave…'],
    ['Boats leave...', 'Boats leave…'],
    ['Boote fahren. Weiterlesen', 'Boote fahren.'],
    ['Les bateaux partent. Lire la suite', 'Les bateaux partent.'],
    ['Salen los barcos. Leer más', 'Salen los barcos.'],
    ['Le barche partono. Leggi tutto', 'Le barche partono.'],
    ['Корабли уходят. Читать далее', 'Корабли уходят.'],
    ['Кораблі йдуть. Читати далі…', 'Кораблі йдуть.'],
    ['船は九時に出る。続きを読む', '船は九時に出る。'],
    ['Boats leave. Read the full story here.', 'Boats leave.'],
    ['Båtene går. Les mer', 'Båtene går.'],
    ['Les bateaux partent. En savoir plus', 'Les bateaux partent.'],
    ['Boats leave. More details', 'Boats leave.'],
    ['<p>Boats leave.</p><p>Read<br>more</p>', 'Boats leave.'],
    ['Boats leave. <a href="/x">More…</a>', 'Boats leave.'],
    ['Children should read more.', 'Children should read more.'],
    ['Children should read more', 'Children should read more'],
    ['Ferry returns to the islands', ''],
    ['Ferry returns to the islands - The Paper', ''],
    ['<a href="/x">Ferry returns to the islands</a>&nbsp;<font>The Paper</font>', ''],
    ['<nav>Home</nav>Boats leave.<footer>© The Paper</footer>', 'Boats leave.'],
    ['<script>x()</script><img src="/a.jpg">Boats leave.', 'Boats leave.'],
    ['', ''],
  ])('%j', (value, expected) => {
    expect(summary(value)).toBe(expected);
  });

  it('comes from the content if the source has none', () => {
    expect(draftOf({ content: html('<aside>More</aside><p>Boats</p><p>They leave at nine.</p>') }).summary).toBe(
      'Boats They leave at nine.',
    );
  });

  it('leaves out headings and categories, unless they are all of the text', () => {
    const content = html('<h2>Boats</h2><p>They leave at nine.</p><h3>What next?</h3><p>Markets</p>');
    const categories = [{ term: 'markets', scheme: null, label: null }];
    expect(draftOf({ content, categories }).summary).toBe('They leave at nine. What next?');
    expect(draftOf({ summary: html('<h2>Boats</h2><p>They leave at nine.</p>') }).summary).toBe('They leave at nine.');
    expect(draftOf({ content: html('<h2>Boats leave</h2>') }).summary).toBe('Boats leave');
    const bold = html('<p><b>Boats</b></p><p><b>They</b> leave <b>at nine</b></p><p><strong>Now</strong></p>');
    expect(draftOf({ content: bold }).summary).toBe('They leave at nine');
  });

  it('leaves out captions, and a headline with author and date', () => {
    const caption = html('<table><tr><td class="tr-caption">Ilse, Per and Ana</td></tr></table><p>Boats sail.</p>');
    expect(draftOf({ content: caption }).summary).toBe('Boats sail.');
    const figure = html('<figure><img src="a.jpg"><figcaption>The pier</figcaption></figure><p>Boats sail.</p>');
    expect(draftOf({ content: figure }).summary).toBe('Boats sail.');
    expect(draftOf({ summary: html('May 3, 2026 4:00 AM<br>Boats sail.') }).summary).toBe('Boats sail.');
    const drupal = html('Boats sail<span>ilse</span> <span>May 3, 2026</span><p>They left at nine.</p>');
    expect(draftOf({ title: text('Boats sail'), content: drupal }).summary).toBe('They left at nine.');
  });

  it('is empty if it only repeats the headline after a label, or is a date', () => {
    const title = text('Boats return to the islands');
    expect(draftOf({ title, summary: text('[Interview] Boats return to the islands') }).summary).toBe('');
    expect(draftOf({ title, summary: text('29.12.2025') }).summary).toBe('');
  });

  it.each([
    ['h3.w { color: red; } Ships sail.'.replace('h3', '#page h3'), 'Ships sail.'],
    ['Boats at the quay on June 18. | Ada Mercer/Getty Images Ships sail again.', 'Ships sail again.'],
    ['Ships sail.\nSee omnystudio.com/listener for privacy information.', 'Ships sail.'],
    ['Ships sail. Hosted on Acast. See acast.com/privacy for more information.', 'Ships sail.'],
    ['Ships sail.>>', 'Ships sail.'],
    ['Ships sail to....', 'Ships sail to…'],
    ['Ships sail, see Getty Images for more.', 'Ships sail, see Getty Images for more.'],
  ])('drops what is not prose: %s', (said, summary) => {
    expect(draftOf({ summary: text(said) }).summary).toBe(summary);
  });

  it('ends a standfirst that a paragraph follows', () => {
    const next = `The council ${'of the town '.repeat(9)}has voted.`;
    const summaryOf = (first: string) => draftOf({ content: html(`<p>${first}</p><p>${next}</p>`) }).summary;
    const first = 'The boats that sailed to the islands are back in “the harbour”';
    expect(summaryOf(first)).toBe(`${first}. ${next}`);
    expect(summaryOf(`${first}?”`)).toBe(`${first}?” ${next}`);
    expect(summaryOf('Boats')).toBe(`Boats ${next}`);
    expect(summaryOf(`${first}: https://x.example/a`)).toBe(`${first}: https://x.example/a ${next}`);
  });

  it('has one ellipsis where it was cut', () => {
    const body = html(`<p>Boats${' sail'.repeat(80)}...</p><p>They${' left'.repeat(60)}.</p>`);
    expect(draftOf({ content: body }).summary).toMatch(/sail…$/);
  });

  it('gives a leading byline to the authors', () => {
    const said = { summary: text('By Ilse Tarn GENEVA, Nov 3 (Reuters) - Ships sail.') };
    const { summary, authors } = draftOf(said);
    expect([summary, authors]).toEqual(['GENEVA, Nov 3 (Reuters) - Ships sail.', [{ name: 'Ilse Tarn', url: null }]]);
    const { summary: line } = draftOf({ content: html('<p>By Ilse Tarn</p><p>Ships sail.</p>') });
    expect(line).toBe('Ships sail.');
    expect(draftOf({ summary: text('By Sea and Land they came.') }).summary).toBe('By Sea and Land they came.');
  });

  it('marks where the publisher cut it', () => {
    const whole = `${'Boats leave the harbour at nine. '.repeat(4)}The council decided about the distribution of tickets.`;
    const content = html(`<p>${whole}</p>`);
    const cut = (length: number) => draftOf({ summary: text(whole.slice(0, length)), content }).summary;
    const end = whole.indexOf('distribution') + 'distribution'.length;
    expect(cut(end + 2)).toMatch(/about the distribution…$/);
    expect(cut(end)).toMatch(/about the distribution…$/);
    expect(cut(end - 4)).toMatch(/about the…$/);
    const alone = (length: number) => draftOf({ summary: text(`${'word '.repeat(40)}distribution`.slice(0, length)) });
    expect(alone(204).summary).toMatch(/word dist$/);
    expect(draftOf({ summary: text(`${'words '.repeat(41)}distribution`.slice(0, 255)) }).summary).toMatch(/words…$/);
  });

  it('has no footnotes, byte order marks and unfinished references', () => {
    const { summary } = draftOf({
      content: html(
        '<p>Two studios<sup>1</sup> of 10<sup>6</sup> m<sup>2</sup>, a her\uFEFFitage&amp;nbsp of <sup>3</sup>He.</p>',
      ),
    });
    expect(summary).toBe('Two studios of 106 m2, a heritage of 3He.');
  });

  it('is at most 500 characters', () => {
    const long = draftOf({ summary: text('The council of the town has voted to keep it. '.repeat(40)) }).summary;
    expect(long.length).toBeLessThanOrEqual(500);
    expect(long.endsWith('it. …')).toBe(true);
  });
});

describe('language', () => {
  const UK = 'Міська рада відкрила нову бібліотеку біля вокзалу, і читачів чекають щодня, крім понеділка.';
  const DE = 'Der Stadtrat hat die neue Bücherei am Bahnhof eröffnet und erwartet die Leser jeden Tag.';
  it.each([
    ['as the item says', 'uk_UA', 'en-us', UK, 'uk-UA'],
    ['as the feed says', null, 'DE-at', DE, 'de-AT'],
    ['a left-over en-us', null, 'en-us', DE, 'de'],
    ['a left-over en-us before Cyrillic', null, 'en-us', UK, 'uk'],
    ['an item that only repeats the feed', 'en-US', 'en-us', DE, 'de'],
    ['an item in a contradicting script', 'en', 'en', '市议会决定保留旧渡轮并在冬天来临之前将其漆成绿色。', 'zh'],
    ['Japanese', null, null, '市議会は古いフェリーを残し、冬が来る前に緑色に塗ることを決めた。', 'ja'],
    ['Korean', null, 'en', '시의회는 오래된 연락선을 유지하고 초록색으로 칠하기로 결정했다.', 'ko'],
    ['Greek', null, null, 'Το δημοτικό συμβούλιο αποφάσισε να κρατήσει το παλιό πλοίο.', 'el'],
    ['Hebrew', null, 'en', 'מועצת העיר החליטה לשמור על המעבורת הישנה ולצבוע אותה בירוק.', 'he'],
    ['Thai', null, null, 'สภาเมืองตัดสินใจเก็บเรือข้ามฟากเก่าไว้และทาสีเขียว', 'th'],
    ['too short to say', null, 'fr', 'Kyiv', 'fr'],
    ['nobody says, and too short', null, null, 'Kyiv', null],
    ['nobody says, and short, in a script of one language', null, null, '항구 뉴스', 'ko'],
    ['nobody says, and short, in a script of two', null, null, '東京港', null],
    [
      'Han in a feed that declares English, mixed with Latin',
      null,
      'en',
      'iPhone 17 发布会总结：市议会买了两部新手机',
      'zh',
    ],
    ['short Han in a feed that declares English', null, 'en', '東京港', null],
    ['Indonesian', null, null, 'Warga desa itu bisa naik kapal lagi karena pelabuhan sudah dibuka', 'id'],
    ['Malay', null, null, 'Penduduk boleh menaiki feri semula kerana pelabuhan telah dibuka, kata beliau', 'ms'],
    ['Macedonian', null, null, 'Градскиот совет одлучи да ја задржи куќата, но не и фериботот што ќе плови', 'mk'],
    ['no language tag', null, 'english please', 'Kyiv', null],
    ['Serbian in Latin', 'sr', null, 'Gradsko veće je odlučilo da zadrži stari trajekt i oboji ga u zeleno.', 'sr'],
    ['Traditional Chinese', 'zh-hant-tw', null, '市議會決定保留舊渡輪並在冬天來臨之前將其漆成綠色。', 'zh-Hant-TW'],
  ])('%s', (_name, item, feed, title, expected) => {
    expect(draftOf({ language: item, title: text(title) }, { language: feed }).language).toBe(expected);
  });

  describe('in a source with a usual language', () => {
    const BG = ['Градският съвет реши да запази стария ферибот и да го боядиса в зелено', 'Мостът отваря отново след ремонта, който продължи две години', 'Новото училище ще бъде готово преди есента, каза кметът'];
    const read = (titles: readonly string[], feed: string | null, usual: string | null = null) => {
      const document = clean(aFeed(titles.map((title, i) => anItem({ title: text(title), url: `https://paper.example/${i}` })), { language: feed }), aContext({}, { usualLanguage: usual })); // biome-ignore format: one call
      return { usual: document.usualLanguage, languages: document.drafts.map(({ language }) => language) };
    };

    it('learns it from the first articles', () => {
      expect(read(BG.slice(1), null).usual).toBe('');
      expect(read([...BG, DE, DE], null).usual).toBe('');
      expect(read([...BG, ...BG], null)).toEqual({ usual: 'bg', languages: Array.from({ length: 6 }, () => 'bg') });
    });

    it.each([
      ['the usual one of a close pair', 'Премиерът посети пристанището', null, 'bg', 'bg'],
      ['the usual one instead of a wrong default', 'Feri Harbour', 'en', 'id', 'id'],
      ['the usual one, if only statistics contradict', 'Grande Bella Notte Milano Roma Opera', 'en', 'en', 'en'],
      ['another, if its words show it', DE, 'en', 'en', 'de'],
      ['another script', UK, 'en', 'en', 'uk'],
      ['Han, which Japanese headlines may have alone', '東京都知事選挙結果速報第三版', 'en', 'ja', 'ja'],
      ['the declared tag with its region', 'Kyiv', 'en-GB', 'en', 'en-GB'],
    ])('is %s: %s', (_, title, feed, usual, expected) => {
      expect(read([title], feed, usual).languages).toEqual([expected]);
    });
  }); // biome-ignore format: tables

  it('falls back to the Content-Language header', () => {
    const document = clean(aFeed([anItem({ title: text('Kyiv') })], { language: null }), {
      ...aContext(),
      contentLanguage: 'uk',
    });
    expect(document.drafts[0]!.language).toBe('uk');
    expect(document.profile.language).toBe('uk');
  });
});
