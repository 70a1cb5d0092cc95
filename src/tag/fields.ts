/** Extracts the fields of an article that are searched for topics, with their weights. */
import type { Because } from '../model/article.js';
import { htmlToText } from '../text/html.js';

export interface Field {
  readonly name: Exclude<Because['field'], 'category' | 'source' | 'command'>;
  /** Plain text. Parts that are not searched are spaces, because offsets of evidence refer to it. */
  readonly text: string;
  readonly weight: number;
}

export interface FieldInput {
  readonly title: string;
  readonly summary?: string | undefined;
  readonly contentHtml?: string | null | undefined;
  readonly bodyText?: string | null | undefined;
  readonly url?: string | null | undefined;
}

/** Maximum length of each field that is searched: the subject of an article is mentioned early. */
const fieldLimit = 5_000;

/** Non-empty fields, highest weight first. `bodyText` (plain) is used instead of `contentHtml` if present. */
export function listTagFields(article: FieldInput): Field[] {
  const fields: Field[] = [{ name: 'title', text: article.title.slice(0, fieldLimit), weight: 3 }];
  if (article.summary)
    fields.push({ name: 'summary', text: blankPromotion(article.summary.slice(0, fieldLimit)), weight: 2 });
  if (article.url) fields.push({ name: 'url', text: blankHostAndQuery(article.url.slice(0, fieldLimit)), weight: 2 });
  const body = contentText(article);
  if (body) fields.push({ name: 'content', text: blankPromotion(blankReadAlsoLines(body)), weight: 1 });
  return fields;
}

/** The plain text of an article's content. Offsets of evidence refer to it. */
export function contentText({ contentHtml, bodyText }: Pick<FieldInput, 'contentHtml' | 'bodyText'>): string {
  if (bodyText) return bodyText.slice(0, fieldLimit);
  return contentHtml ? htmlToText(contentHtml, { parts: 'prose', limit: fieldLimit }) : '';
}

// Replaces the host (the publication) and the query (tracking) by spaces, so that offsets refer to the address.
function blankHostAndQuery(url: string): string {
  const path = /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0].length ?? 0;
  const end = url.slice(path).search(/[?#]/);
  const stop = end < 0 ? url.length : path + end;
  const words = url
    .slice(path, stop)
    .replaceAll('_', '-')
    .replace(/%[0-9a-f]{2}/gi, '   ') // bytes of letters: "BA" of к
    .replace(/\.[a-z]{2,5}$/i, (ending) => ' '.repeat(ending.length));
  return `${' '.repeat(path)}${words}`;
}

// Beginnings of lines that link to other articles. If prose may begin so, a colon or the line's end must follow.
const cues: RegExp = new RegExp(
  `^\\W{0,3}(?:${[
    'read (?:more|also|next)|also read|see also|more (?:on this|from|stories|news)|related(?: (?:articles?|stories|news|links|topics|coverage|posts))?(?=\\s*(?::|$))',
    "recommended(?=\\s*(?::|$))|most read|you (?:may|might) also like|don['’]t miss|sign up (?:for|to)|subscribe (?:to|now)|follow us|advertisement",
    'this (?:article|story) (?:was|is) (?:originally )?(?:published|appeared)|originally published|the post .{0,200} appeared first on',
    'читайте (?:также|ещё|еще|також)|читать (?:также|далее)|смотрите также|по теме|дивіться також|за темою|підпи(?:сатися|шіться)|подпи(?:саться|шитесь)|реклама(?=\\s*$)',
    'lesen sie (?:auch|mehr)|mehr zum thema|siehe auch|auch interessant|anzeige(?=\\s*(?::|$))',
    'lire aussi|à lire (?:aussi|également)|voir aussi|sur le même (?:sujet|thème)|abonnez-vous',
    'lea también|lee también|leer más|ver también|te puede interesar|más (?:información|noticias)(?=\\s*(?::|$))|suscr[íi]bete',
    'leggi anche|leia (?:também|mais)|veja também|czytaj (?:też|także|również)|zobacz (?:też|także)',
    '相关阅读|相关新闻|延伸阅读|関連記事|관련 ?기사|اقرأ أيضا',
  ].join('|')})`,
  'imu',
);

const promotion =
  /\b(?:follow|like|find|join) (?:us|me) on\b|\bclick (?:the|on the|this) link|\bclick (?:here|below)\b|\bsubscribe (?:to|now|here)\b|\bsign up (?:to|for) our\b|\bdownload (?:our|the) app\b|\bit airs\b/iu;
/** With the name before it: `Facebook: https://…`. */
const namedLink = /(?:\p{L}+ ?[:-] ?)?https?:\/\/\S+/giu;

// Blanks links, and sentences that ask to follow, subscribe or click: the sites named there are not the subject.
function blankPromotion(text: string): string {
  if (!/https?:|\bus on\b|click|subscribe|sign up|download|it airs/i.test(text)) return text;
  return text
    .replace(namedLink, (link) => ' '.repeat(link.length))
    .replace(/[^.!?\n]+/g, (sentence) => (promotion.test(sentence) ? ' '.repeat(sentence.length) : sentence));
}

/** A shorter line after a heading such as "Related" is one of its links. */
const linkLine = 140;

// Blanks matching lines, and the short lines after a matching heading.
function blankReadAlsoLines(text: string): string {
  if (!cues.test(text)) return text;
  let heading = false;
  return text
    .split('\n')
    .map((line) => {
      const cue = cues.test(line);
      const dropped = cue || (heading && isLink(line));
      heading = cue ? isHeading(line) : dropped;
      return dropped ? ' '.repeat(line.length) : line;
    })
    .join('\n');
}

function isHeading(line: string): boolean {
  return line.length <= 40 && !/[.!?…]$/.test(line);
}

function isLink(line: string): boolean {
  return line.length < linkLine && !/[.!?…。]["'”’»]?$/.test(line);
}
