/** Removes additions of publishing software from a summary: comment counts, share rows, links. */
import { loadTable } from '../data/load.js';

const LINES = loadTable<readonly string[]>('boilerplate-lines').map((pattern) => new RegExp(pattern, 'iu'));

const NETWORKS =
  'facebook twitter x linkedin whatsapp telegram reddit pinterest pocket flipboard threads bluesky mastodon instagram email';
const SHARE_WORDS = new Set(
  `${NETWORKS} share tweet pin print save like mail e-mail copy link this on via to it article story post teilen auf partager sur compartir en condividi su`.split(
    ' ',
  ),
);
const SHARE_VERB = /\b(?:share|tweet|teilen|partager|compartir|condividi)\b/i;

/** A quick test: almost no other texts match. */
const SIGN =
  /comment|participants|submitted|points|fullsize|\d[ -]min|^posted |full coverage|more(?:…|\.\.\.)|https?:|share|tweet|teilen|partager|compartir|condividi|^(?:null|undefined|nan|\[object)|^(?:image|photo|picture|illustration|bild|foto|crédit|фото)/im;

export function removeBoilerplate(text: string): string {
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

/** Whether a summary is only a list of links to headlines, each with a publication in `font`, as in Google News. */
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
