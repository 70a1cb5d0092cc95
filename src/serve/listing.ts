/** A plain page that lists the feeds of a folder, where no index.html was published. */
import { readdir } from 'node:fs/promises';

const FEED = /^(?:[^/]+|(?:topics|sources)\/[^/]+)\.(rss|atom|json|opml)$/;
const NO_FEED = /^(manifest|status)\.json$/;
const MOST_LISTED = 2000;

export async function listingPage(dir: string): Promise<string> {
  const folders = ['', 'topics/', 'sources/'];
  const paths = (await Promise.all(folders.map((folder) => feedFilesIn(dir, folder)))).flat();
  const feeds = paths.filter((path) => FEED.test(path) && !NO_FEED.test(path));
  const items = feeds.slice(0, MOST_LISTED).map((path) => `<li><a href="${href(path)}">${escaped(path)}</a></li>\n`);
  return htmlPage(items.length === 0 ? '<p>Nothing is published here yet.</p>\n' : `<ul>\n${items.join('')}</ul>\n`);
}

async function feedFilesIn(dir: string, folder: string): Promise<string[]> {
  const names = await readdir(`${dir}/${folder}`).catch(() => []);
  return names.sort().map((name) => folder + name);
}

function htmlPage(body: string): string {
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>Feeds</title>\n<h1>Feeds</h1>\n${body}</html>\n`;
}

function href(path: string): string {
  return escaped(path.split('/').map(encodeURIComponent).join('/'));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
