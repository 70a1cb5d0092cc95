/** Draws a badge with the number of readable sources. */
import type { SourceStatus } from '../../../model/page.js';
import { htmlSafe } from '../../../text/escape.js';
import type { Labels } from '../labels.js';
import { needsAttention } from '../status.js';

/** Average width of a letter. Texts are fitted to the computed width. */
const LETTER = 7;
const WIDE = 12;
const PADDING = 12;
const COLOURS = { all: '#2f6f44', some: '#8a5a00', none: '#9a2a1f' };

/** Changes only with a source's state, like the status page. */
export function badge(sources: readonly SourceStatus[], labels: Pick<Labels, 'publications'>): string {
  const working = sources.filter((source) => !needsAttention(source)).length;
  const colour = working === sources.length ? COLOURS.all : working > 0 ? COLOURS.some : COLOURS.none;
  return drawBadge(labels.publications, `${working}/${sources.length}`, colour);
}

function drawBadge(name: string, value: string, colour: string): string {
  const [left, right] = [measureWidth(name), measureWidth(value)];
  const text = (words: string, from: number, width: number) =>
    `<text x="${from + width / 2}" y="14" textLength="${width - PADDING}" lengthAdjust="spacingAndGlyphs">${htmlSafe(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img">`,
    `<title>${htmlSafe(`${name}: ${value}`)}</title>`,
    `<rect width="${left}" height="20" fill="#3f3b36"/>`,
    `<rect x="${left}" width="${right}" height="20" fill="${colour}"/>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">`,
    text(name, 0, left),
    text(value, left, right),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** Letters of China, Japan and Korea are wide. */
function measureWidth(text: string): number {
  return PADDING + [...text].reduce((sum, letter) => sum + (letter >= '\u2e80' ? WIDE : LETTER), 0);
}
