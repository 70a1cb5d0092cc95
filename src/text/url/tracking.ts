/** Lists query parameters that track how a reader came to a page and do not select the page. */

const TRACKING_PREFIXES = ['utm_', 'mtm_', 'pk_', 'piwik_', 'hsa_', '_hs', 'vero_'];

const TRACKING_NAMES = new Set(
  (
    'fbclid gclid dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok oly_anon_id ' +
    'oly_enc_id s_cid cmpid ito _openstat at_medium at_campaign ns_mchannel ns_campaign smid xtor'
  ).split(' '),
);

/**
 * Whether `name=value`, as written in a query, only tracks. `ref` does so only where its value is `ownHost`, the feed's host:
 * elsewhere it may select the page.
 */
export function isTracking(parameter: string, ownHost: string | null): boolean {
  const equals = parameter.indexOf('=');
  const name = decoded(equals < 0 ? parameter : parameter.slice(0, equals)).toLowerCase();
  if (TRACKING_NAMES.has(name) || TRACKING_PREFIXES.some((prefix) => name.startsWith(prefix))) return true;
  return name === 'ref' && ownHost !== null && equals > 0 && isHost(decoded(parameter.slice(equals + 1)), ownHost);
}

function isHost(value: string, host: string): boolean {
  const bare = (name: string) =>
    name
      .toLowerCase()
      .replace(/^https?:\/\//, '')
      .replace(/^www\./, '')
      .replace(/\/$/, '');
  return bare(value) === bare(host);
}

function decoded(text: string): string {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
