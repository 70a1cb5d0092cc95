/** Renders a plain list of the feeds in a folder without an index.html. */
import { readFormat } from '../write/formats.js';

const MOST_LISTED = 2000;

/** `published`: see `readPublishedPaths`. */
export function renderListing(published: ReadonlySet<string>): string {
  const feeds = [...published].filter(isListed).sort(compareFolders);
  const items = feeds
    .slice(0, MOST_LISTED)
    .map((path) => `<li><a href="${encodeHref(path)}">${escapeHtmlText(path)}</a></li>\n`);
  return renderHtmlPage(
    items.length === 0 ? '<p>Nothing is published here yet.</p>\n' : `<ul>\n${items.join('')}</ul>\n`,
  );
}

/** Feeds and lists of the section, and feeds of topics and sources. */
function isListed(path: string): boolean {
  const kind = readFormat(path)?.kind;
  return (kind === 'feed' || kind === 'list') && /^(?:(?:topics|sources)\/)?[^/]+$/.test(path);
}

/** Orders the section's own files first, then topics, then sources. */
function compareFolders(a: string, b: string): number {
  const rank = (path: string) => ['topics', 'sources'].indexOf(path.split('/')[0]!);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function renderHtmlPage(body: string): string {
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>Feeds</title>\n<h1>Feeds</h1>\n${body}</html>\n`;
}

function encodeHref(path: string): string {
  return escapeHtmlText(path.split('/').map(encodeURIComponent).join('/'));
}

function escapeHtmlText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
