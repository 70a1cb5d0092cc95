/** Finds what publishing software puts into a summary and what says nothing of the article: comment counts, share rows, links. */
import { loadTable } from '../data/load.js';

/** Lines that are no part of an article's text. */
const LINES = loadTable<readonly string[]>('boilerplate-lines').map((pattern) => new RegExp(pattern, 'iu'));

const NETWORKS =
  'facebook twitter x linkedin whatsapp telegram reddit pinterest pocket flipboard threads bluesky mastodon instagram email';
const SHARE_WORDS = new Set(
  `${NETWORKS} share tweet pin print save like mail e-mail copy link this on via to it article story post teilen auf partager sur compartir en condividi su`.split(
    ' ',
  ),
);
const SHARE_VERB = /\b(?:share|tweet|teilen|partager|compartir|condividi)\b/i;

/** A sign that a line may be boilerplate, found in almost none of the other texts. */
const SIGN =
  /comment|participants|submitted|points|fullsize|\d[ -]min|^posted |full coverage|more(?:…|\.\.\.)|https?:|share|tweet|teilen|partager|compartir|condividi|^(?:null|undefined|nan|\[object)|^(?:image|photo|picture|illustration|bild|foto|crédit|фото)/im;

/** Plain text, a paragraph a line, without lines that are no part of it. */
export function withoutBoilerplateLines(text: string): string {
  if (!SIGN.test(text)) return text;
  return text
    .split('\n')
    .filter((line, i, lines) => !isBoilerplate(line.trim()) && !(INVITATION.test(line) && isAddress(lines[i + 1])))
    .join('\n');
}

function isBoilerplate(line: string): boolean {
  return LINES.some((pattern) => pattern.test(line)) || isShareRow(line);
}

const INVITATION = /^\s*(?:subscribe|follow|sign up|support|join|donate|check out)\b[^.]{0,100}$|^.{0,60}:$/i;

function isAddress(line: string | undefined): boolean {
  return line !== undefined && /^\s*https?:\/\/\S+\s*$/i.test(line);
}

function isShareRow(line: string): boolean {
  if (line.length > 150 || !SHARE_VERB.test(line)) return false;
  const words = line.toLowerCase().match(/[\p{L}-]+/gu) ?? [];
  return words.length > 0 && words.every((word) => SHARE_WORDS.has(word));
}

/**
 * Whether a summary is a list of headlines with their publications and nothing else, as Google News writes it: links, each
 * followed by a name in `font`.
 */
export function isHeadlineList(html: string): boolean {
  if (!/<font[\s>]/i.test(html) || !/<a\s/i.test(html)) return false;
  const rest = html
    .slice(0, 50_000)
    .replace(
      /<a\s[^<>]*>[^<]*<\/a>|<font(?:\s[^<>]*)?>[^<]*<\/font>|<[^<>]*>|&nbsp;|View Full Coverage on Google News/gi,
      '',
    );
  return rest.trim() === '';
}
