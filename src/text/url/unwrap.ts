/** Finds the target of redirectors that name it in their address, and the page behind AMP caches and AMP addresses. */

import { loadTable } from '../../data/load.js';

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

/** The target that a known redirector names; null where there is none. No request is made. */
export function unwrapRedirect(url: URL): string | null {
  const host = url.hostname;
  if (url.search === '') return null;
  const path = url.pathname.replace(/(?<=[^/])\/+$/, '');
  for (const row of REDIRECTORS) {
    if (!isHostOf(host, row.host) || (row.path !== undefined && !row.path.test(path))) continue;
    const found = row.target
      .map((name) => url.searchParams.get(name))
      .find((value) => value !== null && isHttpAddress(value));
    return found ?? null;
  }
  return null;
}

/** The page behind an AMP cache (`google.com/amp/s/…`, `….cdn.ampproject.org/c/s/…`), else null. */
export function unwrapAmpCache(url: URL): string | null {
  const path = cachedPath(url);
  if (path === null) return null;
  const secure = path.startsWith('s/');
  const rest = secure ? path.slice(2) : path;
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?![^:/])/i.test(rest)
    ? `${secure ? 'https' : 'http'}://${rest}${url.search}${url.hash}`
    : null;
}

const CACHE = 'cdn.ampproject.org';
const SEARCH = /^(?:www\.)?(?:google\.[a-z.]{2,6}|bing\.com)$/;

function cachedPath(url: URL): string | null {
  if (isHostOf(url.hostname, CACHE)) return /^\/[a-z]\/(.+)$/.exec(url.pathname)?.[1] ?? null;
  if (SEARCH.test(url.hostname)) return /^\/amp\/(.+)$/.exec(url.pathname)?.[1] ?? null;
  return null;
}

/** Parts of an address: host with port, path without trailing slash, query with its `?` or empty. */
export interface PageParts {
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** The page of an AMP address, by the usual patterns (`amp.` host, `/amp/` anywhere, `.amp.html`, `?amp`); `www.` is dropped too. */
export function withoutAmp(page: PageParts): PageParts {
  return { host: pageHost(page.host), path: pagePath(withoutAmpFolder(page)), query: pageQuery(page.query) };
}

function pageHost(host: string): string {
  return (
    host
      .replace(/^(?:(?:amp|www)\.)+(?=[^.]+\.[^.])/, '')
      // Not behind an empty label: "1.." is a name, "1." a number.
      .replace(/(?<=[^.])\.(?=$|:)/, '')
      .replace(/:443$/, '')
  );
}

/** Not on hosts whose paths may lead elsewhere: without a part, one would lead to another page. */
function withoutAmpFolder({ host, path }: PageParts): string {
  if (!/\/amp\/./i.test(path)) return path;
  const name = pageHost(host).replace(/:\d+$/, '');
  const leadsElsewhere = SEARCH.test(name) || [{ host: CACHE }, ...REDIRECTORS].some((row) => isHostOf(name, row.host));
  return leadsElsewhere ? path : path.replace(/(?:\/amp)+(?=\/.)/gi, '');
}

function pagePath(path: string): string {
  let end = path.length;
  for (let length = ampEndLength(path, end); length > 0; length = ampEndLength(path, end)) end -= length;
  const page = path.slice(0, end).replace(/(?<!\.amp)(?:\.amp)+(?=\.html?$)/i, '');
  return page === '' ? '/' : page;
}

/** Of a `/`, `/amp` or `.amp` that ends there; 0: none does. Not one pattern for all of them: it would read a path again from each. */
function ampEndLength(path: string, end: number): number {
  if (path[end - 1] === '/') return 1;
  return /\/amp$|[^/.]\.amp$/i.test(path.slice(Math.max(0, end - 5), end)) ? 4 : 0;
}

function pageQuery(query: string): string {
  const kept = query
    .slice(1)
    .split('&')
    .filter((part) => !isAmpParameter(part));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

/** Whether an address follows one of the AMP patterns. */
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

function isHostOf(host: string, name: string): boolean {
  return host.endsWith(name) && (host.length === name.length || host.at(-1 - name.length) === '.');
}

function isHttpAddress(value: string): boolean {
  return /^https?:\/\/[^/]/i.test(value);
}
