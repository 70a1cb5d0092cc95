/** Which addresses a 429 or 503 covers: the host, or the whole service where each customer has a subdomain. */

/** Services that give each publication a subdomain, on the same machines. */
const TENANT_DOMAINS: ReadonlySet<string> = new Set([
  'beehiiv.com',
  'blogspot.com',
  'bearblog.dev',
  'buzzsprout.com',
  'dreamwidth.org',
  'ghost.io',
  'github.io',
  'gitlab.io',
  'hatenablog.com',
  'libsyn.com',
  'livejournal.com',
  'medium.com',
  'micro.blog',
  'netlify.app',
  'over-blog.com',
  'pages.dev',
  'podbean.com',
  'reddit.com',
  'squarespace.com',
  'substack.com',
  'tumblr.com',
  'typepad.com',
  'vercel.app',
  'weebly.com',
  'wixsite.com',
  'wordpress.com',
  'write.as',
  'youtube.com',
]);

/** Key of `HostState`; the empty string for addresses without a host (`file:`). */
export function coolDownHost(url: string): string {
  const host = new URL(url).hostname.replace(/\.$/, '');
  const domain = host.slice(host.lastIndexOf('.', host.lastIndexOf('.') - 1) + 1);
  return TENANT_DOMAINS.has(domain) ? domain : host;
}

/** Rate limiters in front of many sites, recognised by a response header. */
const LIMITERS: readonly { readonly header: string; readonly value: RegExp }[] = [
  { header: 'cf-mitigated', value: /./ },
  {
    header: 'server',
    value: /cloudflare|akamai|ddos-guard|sucuri|imperva|incapsula|datadome|cloudfront|varnish|fastly/i,
  },
  { header: 'x-datadome', value: /./ },
  { header: 'x-sucuri-id', value: /./ },
  { header: 'x-iinfo', value: /./ },
];

export function isKnownLimiter(headers: Readonly<Record<string, string>>): boolean {
  return LIMITERS.some(({ header, value }) => value.test(headers[header] ?? ''));
}
