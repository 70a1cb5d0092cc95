/** Finds the target of redirectors that contain it in their address, and the page behind AMP addresses. */

import { loadTable } from '../../data/load.js';
import { cacheByText } from '../cached.js';

interface Row {
  /** Matches the host and its subdomains. */
  readonly host: string;
  /** A regular expression. */
  readonly path?: string;
  /** Parameters that may contain the target, by precedence. */
  readonly target: readonly string[];
}

interface Redirector extends Omit<Row, 'path'> {
  readonly path?: RegExp;
}

const REDIRECTORS: readonly Redirector[] = loadTable<readonly Row[]>('redirectors').map(({ host, path, target }) => ({
  host,
  target,
  ...(path !== undefined && { path: new RegExp(path, 'i') }),
}));

/** null: not a known redirector. Makes no request. */
export function unwrapRedirect(url: URL): string | null {
  if (url.search === '') return null;
  for (const row of listRedirectors(url.hostname)) {
    if (row.path !== undefined && !row.path.test(url.pathname.replace(/(?<=[^/])\/+$/, ''))) continue;
    const found = row.target
      .map((name) => url.searchParams.get(name))
      .find((value) => value !== null && /^https?:\/\/[^/]/i.test(value));
    return found ?? null;
  }
  return null;
}

const listRedirectors = cacheByText((host) => REDIRECTORS.filter((row) => isSameOrSubdomain(host, row.host)));

/** The page behind an AMP cache (`google.com/amp/s/…`, `….cdn.ampproject.org/c/s/…`), else null. */
export function unwrapAmpCache(url: URL): string | null {
  const path = findCachedPath(url);
  if (path === null) return null;
  const secure = path.startsWith('s/');
  const rest = secure ? path.slice(2) : path;
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?![^:/])/i.test(rest)
    ? `${secure ? 'https' : 'http'}://${rest}${url.search}${url.hash}`
    : null;
}

const CACHE = 'cdn.ampproject.org';
const SEARCH = /^(?:www\.)?(?:google\.[a-z.]{2,6}|bing\.com)$/;

function findCachedPath(url: URL): string | null {
  if (isSameOrSubdomain(url.hostname, CACHE)) return /^\/[a-z]\/(.+)$/.exec(url.pathname)?.[1] ?? null;
  if (SEARCH.test(url.hostname)) return /^\/amp\/(.+)$/.exec(url.pathname)?.[1] ?? null;
  return null;
}

/** Host with port, path without trailing slash, query with its `?` or empty. */
export interface PageParts {
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** Removes the usual AMP patterns (`amp.` host, `/amp/` anywhere, `.amp.html`, `?amp`), and `www.`. */
export function removeAmp(page: PageParts): PageParts {
  return { host: pageHost(page.host), path: pagePath(removeAmpFolder(page)), query: pageQuery(page.query) };
}

const pageHost = cacheByText((host) =>
  host
    .replace(/^(?:(?:amp|www)\.)+(?=[^.]+\.[^.])/, '')
    // Not after an empty label: "1.." is a name, "1." a number.
    .replace(/(?<=[^.])\.(?=$|:)/, '')
    .replace(/:443$/, ''),
);

/** Not on redirectors, whose paths would lead to another page. */
function removeAmpFolder({ host, path }: PageParts): string {
  if (!/\/amp\/./i.test(path)) return path;
  const name = pageHost(host).replace(/:\d+$/, '');
  const leadsElsewhere = SEARCH.test(name) || isSameOrSubdomain(name, CACHE) || listRedirectors(name).length > 0;
  return leadsElsewhere ? path : path.replace(/(?:\/amp)+(?=\/.)/gi, '');
}

function pagePath(path: string): string {
  let end = path.length;
  for (let length = measureAmpEnding(path, end); length > 0; length = measureAmpEnding(path, end)) end -= length;
  const page = path.slice(0, end).replace(/(?<!\.amp)(?:\.amp)+(?=\.html?$)/i, '');
  return page === '' ? '/' : page;
}

/** The length of a `/`, `/amp` or `.amp` that ends there; 0: none. One pattern for all would take quadratic time. */
function measureAmpEnding(path: string, end: number): number {
  if (path[end - 1] === '/') return 1;
  return /\/amp$|[^/.]\.amp$/i.test(path.slice(Math.max(0, end - 5), end)) ? 4 : 0;
}

function pageQuery(query: string): string {
  if (!/[?&](?:$|&|amp|outputtype)/i.test(query)) return query;
  const kept = query
    .slice(1)
    .split('&')
    .filter((part) => !isAmpParameter(part));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

export function isAmp({ hostname, pathname, search }: URL): boolean {
  const named =
    search !== '' &&
    search
      .slice(1)
      .split('&')
      .some((part) => part !== '' && isAmpParameter(part));
  return named || /^amp\./.test(hostname) || /\/amp(?:\/|$)|\.amp(?:\.html?)?$/i.test(pathname);
}

function isAmpParameter(part: string): boolean {
  return part === '' || /^(?:amp(?:=(?:1|true|yes)?)?|outputtype=amp(?:-type)?)$/i.test(part);
}

function isSameOrSubdomain(host: string, name: string): boolean {
  return host.endsWith(name) && (host.length === name.length || host.at(-1 - name.length) === '.');
}
