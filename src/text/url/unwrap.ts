/** Finds the target of redirectors that name it in their address, and the page behind AMP caches and AMP addresses. */

interface Redirector {
  /** Matches the host and its subdomains. */
  readonly host: string;
  readonly path?: RegExp;
  /** Parameters that may contain the target, by precedence. */
  readonly target: readonly string[];
}

const REDIRECTORS: readonly Redirector[] = [
  { host: 'google.com', path: /^\/(?:url|imgres)$/, target: ['url', 'q'] },
  { host: 'news.google.com', path: /^\/news\/url$/, target: ['url'] },
  { host: 'bing.com', path: /^\/news\/apiclick\.aspx$/i, target: ['url'] },
  { host: 'facebook.com', path: /^\/l\.php$/, target: ['u'] },
  { host: 'instagram.com', path: /^\/$/, target: ['u'] },
  { host: 'youtube.com', path: /^\/redirect$/, target: ['q'] },
  { host: 't.umblr.com', path: /^\/redirect$/, target: ['z'] },
  { host: 'out.reddit.com', target: ['url'] },
  { host: 'duckduckgo.com', path: /^\/l\/?$/, target: ['uddg'] },
  { host: 'vk.com', path: /^\/away\.php$/, target: ['to'] },
  { host: 'ok.ru', path: /^\/dk$/, target: ['st.link'] },
  { host: 'linkedin.com', path: /^\/(?:redir\/redirect|safety\/go)$/, target: ['url'] },
  { host: 'steamcommunity.com', path: /^\/linkfilter\/?$/, target: ['u', 'url'] },
  { host: 'slack-redir.net', path: /^\/link$/, target: ['url'] },
  { host: 'safelinks.protection.outlook.com', target: ['url'] },
  { host: 'go.redirectingat.com', target: ['url'] },
  { host: 'go.skimresources.com', target: ['url'] },
  { host: 'awin1.com', path: /^\/cread\.php$/, target: ['ued', 'p'] },
  { host: 'disq.us', path: /^\/(?:url|p\/)/, target: ['url'] },
  { host: 'exit.sc', target: ['url'] },
  { host: 'feedly.com', path: /^\/i\/entry\//, target: ['url'] },
];

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

/** What follows the `0` of a code in a path of feedsportal.com, A to Z. */
const FEEDSPORTAL = '0 . / ? - = & , _ % + http:// https:// .com .co.uk ; | : www. # $ ~ ! ( )'.split(' ').concat("'");

/** The target that feedsportal.com, which is no more, wrote into its path (`0L0Spaper0Bexample0Ca`); null: another address. */
export function unwrapFeedsportal({ hostname, pathname }: URL): string | null {
  if (!isHostOf(hostname, 'feedsportal.com')) return null;
  const coded = /\/l\/(0[LM][0-9A-Za-z]+)(?:\/|$)/.exec(pathname)?.[1];
  return coded?.replace(/0([A-Z])/g, (_, letter: string) => FEEDSPORTAL[letter.charCodeAt(0) - 65]!) ?? null;
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
