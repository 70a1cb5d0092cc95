import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/clean.js';
import type { Draft } from '../../src/model/article.js';
import type { Item } from '../../src/model/item.js';
import { aContext, aFeed, anItem, html, text } from '../support/an-item.js';

const draftOf = (said: Partial<Item>, content: 'full' | 'summary' = 'full'): Draft =>
  clean(aFeed([anItem(said)]), aContext({ content })).drafts[0]!;
const summaryOf = (summary: Item['summary']) => draftOf({ summary }).summary;

describe('a boilerplate summary', () => {
  it.each([
    ['a link to comments', html('<a href="https://talk.example/1">Comments</a>')],
    ['in broken CDATA', html('![CDATA[<a href="https://talk.example/1">Comments</a>]]>')],
    ['a count of comments', html('37 points, 1 comment')],
    [
      'who submitted it',
      html(
        '<table><tr><td>submitted by<a href="/u/tarn">tarn</a>to<a href="/r/boats">boats</a><br><a href="/x">[link]</a><a href="/y">[9 comments]</a></td></tr></table>',
      ),
    ],
    [
      'hnrss',
      html(
        '<p>Article URL: <a href="https://boats.example/1">https://boats.example/1</a></p><p>Comments URL: <a href="https://talk.example/1">https://talk.example/1</a></p><p>Points: 12</p><p># Comments: 3</p>',
      ),
    ],
    [
      'a list of headlines',
      html(
        '<ol><li><a href="https://news.google.com/1">Boats leave</a>&nbsp;&nbsp;<font color="#6f6f6f">The Harbour Times</font></li><li><a href="https://news.google.com/2">Boats return</a>&nbsp;&nbsp;<font color="#6f6f6f">Quiet Hills</font></li></ol>',
      ),
    ],
    ['an address', text('https://boats.example/1')],
    [
      'a row of buttons',
      html('<p>Share this: <a href="/f">Facebook</a> | <a href="/x">X</a> | <a href="/m">Email</a></p>'),
    ],
    ['an invitation', text('Subscribe: https://short.example/boats')],
    ['the credit of a picture', html('<p>Image: Harbour Pictures</p>')],
    ['where it goes on', html('<a href="https://medium.com/x">Continue reading on »</a>')],
    ['what a program prints for nothing', text('null')],
  ])('%s: none', (_what, summary) => {
    expect(summaryOf(summary)).toBe('');
  });

  it('is not content either if it lists headlines', () => {
    const list = html(
      '<ol><li><a href="https://news.google.com/1">Boats leave</a>&nbsp;<font>The Harbour Times</font></li></ol>',
    );
    expect(draftOf({ summary: list }).contentHtml).toBeNull();
  });
});

describe('boilerplate in a summary', () => {
  it.each([
    ['at its end', html('<p>Boats leave at nine. (more…)</p>'), 'Boats leave at nine.'],
    ['after an ellipsis', html('Boats leave … Continue reading What! Boats (1.2) leave →'), 'Boats leave…'],
    ['of a list of headlines', html('Boats leave at nine. View Full Coverage on Google News'), 'Boats leave at nine.'],
    [
      'in its lines',
      text(
        'Support us to sail on!\n  https://give.example/boats\n\nBoats leave at nine.\nWatch: https://film.example/1',
      ),
      'Boats leave at nine.',
    ],
    [
      'in lines of HTML that has no tags',
      html('Shop:\nhttps://shop.example\n\nBoats leave &amp; return.'),
      'Boats leave & return.',
    ],
    [
      'of a gallery',
      html('<p>Boats leave.</p><p>View fullsize</p><p>View fullsize</p><p>At nine.</p>'),
      'Boats leave. At nine.',
    ],
    ['how long it takes', html('<p>9 minute reading time; ~1780 words</p><p>Boats leave.</p>'), 'Boats leave.'],
    [
      'no minutes of a tale',
      html('<p>9 minutes before nine</p><p>Boats leave.</p>'),
      '9 minutes before nine Boats leave.',
    ],
    [
      'when it was posted',
      html('<h1>Ferry returns to the islands</h1><p>Posted on December 22, 2014</p><p>Boats leave.</p>'),
      'Boats leave.',
    ],
    ['in Swedish', html('<p>Båtarna går klockan nio och … Läs vidare →</p>'), 'Båtarna går klockan nio och…'],
    [
      'of page builders',
      html('<p>[vc_row][vc_column width="1/2"]Boats leave[/vc_column][/vc_row] at nine. [fusion_text size=”1”</p>'),
      'Boats leave at nine.',
    ],
    ['of page builders, cut off', html('[vc_row width=”1” [&hellip;]<p>Boats leave.</p>'), '[…] Boats leave.'],
    ['no brackets of the text', html('Boats [sic] leave [1].'), 'Boats [sic] leave [1].'],
    ['above it', html('<p>Photo: Ilse Tarn</p><p>Boats leave at nine.</p>'), 'Boats leave at nine.'],
    [
      'of a forum',
      html('<p>Boats leave.</p><p>3 posts - 2 participants</p><p><a href="/t">Read full topic</a></p>'),
      'Boats leave.',
    ],
    [
      'tags escaped twice',
      html('In reply to &lt;a href="https://boats.example/c"&gt;Ilse&lt;/a&gt;. Boats leave.'),
      'In reply to Ilse. Boats leave.',
    ],
    ['no tag of which it speaks', html('The tag &lt;b&gt; is old.'), 'The tag <b> is old.'],
    ['no share of anything', html('Boats share this pier.'), 'Boats share this pier.'],
    [
      'no word glued to the next block',
      html('<div>Boats</div><div>leave</div><ul><li>at nine</li></ul>'),
      'Boats leave at nine',
    ],
  ])('%s', (_what, summary, expected) => {
    expect(summaryOf(summary)).toBe(expected);
  });
});

describe('a notice that publishing software appends', () => {
  it.each([
    '<p>The post <a href="/x">Boats leave</a> appeared first on <a href="/">The Paper</a>.</p>',
    '<p>The post <a href="/x">Boats – leave!</a> first appeared on <a href="/">The Paper</a>.</p>\n',
    '<div class="more"><p>Der Beitrag <a href="/x">Boote fahren</a> erschien zuerst auf <a href="/">Kai</a>.</p></div>',
    '<p>Cet article <a href="/x">Les bateaux</a> est apparu en premier sur <a href="/">Le Quai</a>.</p>',
    '<p>Artykuł <a href="/x">Łodzie</a> pochodzi z serwisu <a href="/">Nabrzeże</a>.</p>',
    '<p>Запис <a href="/x">Човни</a> спершу з’явився на <a href="/">Пристань</a>.</p>',
    '<p>投稿 <a href="/x">船</a> は <a href="/">港</a> に最初に表示されました。</p>',
    '<hr><p><a href="/x">Boats</a> was originally published in <a href="/">Kai</a> on Medium, where people are continuing the conversation by highlighting and responding to this story.</p>',
  ])('is cut from the content: %s', (notice) => {
    const plain = draftOf({ content: html('<p>Boats leave at nine.</p>') });
    const draft = draftOf({ content: html(`<p>Boats leave at nine.</p>\n${notice}`) });
    expect(draft.contentHtml?.replace(/<div>\s*$|\s+$/, '')).toBe(plain.contentHtml);
    expect(draft.bodyText).toBe('Boats leave at nine.');
    expect(draft.attribution.credited).toBeNull();
  });

  it('is not a sentence that only begins so', () => {
    const summary = text('The ferry sails again. Full story in the morning.');
    expect(clean(aFeed([anItem({ summary })]), aContext()).drafts[0]!.summary).toBe(summary.value);
  });

  it('is not a sentence of the article', () => {
    const said = '<p>The post of harbour master appeared first on the list.</p><p>It is vacant.</p>';
    expect(draftOf({ content: html(said) }).contentHtml).toBe(said);
  });
});

describe('content', () => {
  it('is unescaped if all of it was escaped twice', () => {
    const draft = draftOf({
      content: html('&lt;p&gt;Boats &amp;amp; &lt;a href="https://boats.example/"&gt;ferries&lt;/a&gt;.&lt;/p&gt;'),
    });
    expect(draft.contentHtml).toMatch(/^<p>Boats &amp; <a [^>]*href="https:\/\/boats\.example\/">ferries<\/a>\.<\/p>$/);
  });

  it('is unescaped after an escaped comment', () => {
    const draft = draftOf({ content: html('&lt;!-- SC_OFF --&gt;&lt;div class="md"&gt;&lt;p&gt;Boats&lt;/p&gt;&lt;/div&gt;') }); // biome-ignore format: one line
    expect(draft.contentHtml).toContain('<p>Boats</p>');
  });

  it('keeps markup that an article quotes', () => {
    const said = '<p>Write</p>&lt;p&gt;Boats&lt;/p&gt;';
    expect(draftOf({ content: html(said) }).contentHtml).toContain('&lt;p&gt;Boats&lt;/p&gt;');
  });

  it('is dropped if it repeats the title, unless it has a link or a picture', () => {
    const title = text('Boats leave at nine');
    const contentHtmlOf = (content: string) => draftOf({ title, content: html(content) }).contentHtml;
    expect(contentHtmlOf('<p>Boats leave<br>at nine</p>')).toBeNull();
    expect(contentHtmlOf('<p>Boats leave <a href="https://boats.example/">at nine</a></p>')).not.toBeNull();
    expect(contentHtmlOf('<p>Boats leave at nine</p><img src="https://boats.example/1.jpg">')).not.toBeNull();
    expect(contentHtmlOf('<p>Boats leave at nine, and return.</p>')).not.toBeNull();
  });
});

describe('a plain summary above the limit', () => {
  const paragraph = 'The council of the town has voted to keep the ferry and to paint it green. '.repeat(5).trim();

  it.each([
    ['of text', text(`${paragraph}\n\n${paragraph} <b>\nSo it is.`)],
    ['of HTML without a tag', html(`${paragraph}\n\n${paragraph} &lt;b&gt;\nSo it is.`)],
  ])('%s is the content, in paragraphs', (_what, summary) => {
    const draft = draftOf({ summary });
    expect(draft.summary.length).toBeLessThanOrEqual(500);
    expect(draft.contentHtml).toBe(`<p>${paragraph}</p><p>${paragraph} &lt;b&gt;<br />So it is.</p>`);
    expect(draftOf({ summary }, 'summary').contentHtml).toBeNull();
  });

  it('keeps its inline tags', () => {
    expect(draftOf({ summary: html(`${paragraph} ${paragraph} <b>So it is.</b>`) }).contentHtml).toBe(
      `<p>${paragraph} ${paragraph} <b>So it is.</b></p>`,
    );
  });

  it('is only a summary below the limit', () => {
    expect(draftOf({ summary: text(paragraph) }).contentHtml).toBeNull();
  });
});
