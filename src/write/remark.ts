/** Writes the section's remark about an article in XML feeds: a paragraph before the article's text. */
import type { Entry } from '../model/channel.js';
import { htmlSafe, htmlText } from '../text/escape.js';

/** HTML; empty: no remark. */
export function remarkParagraph({ remark }: Pick<Entry, 'remark'>): string {
  if (remark === undefined) return '';
  return `<p lang="${htmlSafe(remark.language)}"><strong>${htmlText(remark.by)}:</strong> ${htmlText(remark.text)}</p>`;
}
