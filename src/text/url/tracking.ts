/**
 * Lists query parameters that track how a reader came to a page and do not select the page. Names as in the public lists of
 * AdGuard (URL Tracking filter), ClearURLs (Rules), Neat URL and Miniflux, and in links of feeds.
 */

const TRACKING_PREFIXES = (
  'utm_ amp_ mtm_ pk_ piwik_ itm_ ga_ hsa_ _hs __hs vero_ at_ wt_ wt. cm_mmc dpg_ hmb_ bsft_ adjust_ mindbox- guce_ fb_action_ ' +
  'action_object_ action_ref_ action_type_ _sgm_ cx_recs'
).split(' ');

const TRACKING_NAMES = new Set(
  // clicks on advertisements and in mails
  (
    'fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid irclickid srsltid awc tduid sscid erid igshid ' +
    'igsh mibextid mc_cid mc_eid mkt_tok oly_anon_id oly_enc_id rb_clickid wickedid ml_subscriber ml_subscriber_hash _kx ' +
    'spreportid spjobid spuserid spmailingid elqtrack elqtrackid _openstat _ga _gl _branch_match_id __twitter_impression ' +
    // campaigns
    's_cid sc_cid sc_campaign sc_channel sc_content sc_medium sc_outcome sc_geo sc_country cmpid icid ncid cndid nx_source ' +
    'campaign_medium campaign_source campaign_term campaign_content adchannelid traffic_source tracking_source ftcamp ito ' +
    'trkcampaign ' +
    'ns_mchannel ns_source ns_campaign ns_linkname ns_fee smid smtyp xtor xtref xtcr ' +
    'fb_ref fb_source fb_comment_id ref_src ref_url sr_share soc_src soc_trk guccounter tsrc .tsrc wprss usqp cx_click ' +
    // sessions of who keeps no cookies
    'phpsessid jsessionid'
  ).split(' '),
);

/** Names that track on these hosts and their subdomains; elsewhere they may select the page. */
const TRACKING_ON: Readonly<Record<string, string>> = {
  'youtube.com': 'feature si pp kw ab_channel',
  'youtu.be': 'feature si',
  'news.google.com': 'oc',
  'medium.com': 'source',
  'dw.com': 'maca',
  'theguardian.com': 'cmp',
  'nytimes.com': 'partner emc rref campaign_id',
  'linkedin.com': 'trk',
  'msn.com': 'ocid cvid',
  'bbc.com': 'ocid',
  'bbc.co.uk': 'ocid',
  'wired.com': 'mbid',
  'newyorker.com': 'mbid',
  'vanityfair.com': 'mbid',
  'wsj.com': 'mod',
  'marketwatch.com': 'mod',
  'barrons.com': 'mod',
  'reuters.com': 'feedtype feedname rpc',
  'myanimelist.net': '_location',
  'twitter.com': 's t',
  'x.com': 's t',
  'spotify.com': 'si',
  'soundcloud.com': 'si',
};

const TRACKING_BY_HOST: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(TRACKING_ON).map(([host, names]) => [host, new Set(names.split(' '))]),
);

/** Names that say where a reader came from, alone or as a part (`link_source`): they track where their value is a feed. */
const ORIGIN =
  /(?:^|[_.-])(?:ref|refer|referr?er|src|source|from|via|origin|medium|channel|campaign|cid|cmp|partner|track|tracking|trk|emc|mod|fsrc)(?:$|[_.-])/;

/**
 * Whether `name=value`, as written in the query of a page, only tracks. Names that say where a reader came from do so only where their
 * value names a feed or is `ownHost`, the feed's host: elsewhere they may select the page.
 */
export function isTracking(parameter: string, pageHost: string, ownHost: string | null): boolean {
  const { name, value } = namedValue(parameter);
  if (TRACKING_NAMES.has(name) || TRACKING_PREFIXES.some((prefix) => name.startsWith(prefix))) return true;
  if (isTrackingOn(pageHost, name)) return true;
  if (name === 'rss') return /^(?:1|true|yes|on|rss)?$/.test(value);
  return ORIGIN.test(name) && (namesFeed(value) || (ownHost !== null && isHost(value, ownHost)));
}

/** Whether every link of a feed has a parameter because it is one of that feed, and not to select what the page shows. */
export function marksFeed(parameter: string): boolean {
  const { name, value } = namedValue(parameter);
  return namesFeed(value) && !SELECTS.test(name);
}

/** Names by which an address asks for a version of a page, or for one of its parts. */
const SELECTS =
  /feed|format|type|output|view|alt|mode|display|render|template|page|^p$|id$|cat|tag|topic|section|folder|^dir|path|file|query|search|^[qs]$|word|title|name|lang|action|^do$|^op$|^cmd$|^act$/;

/** Lower case. */
function namedValue(parameter: string): { name: string; value: string } {
  const equals = parameter.indexOf('=');
  const name = decoded(equals < 0 ? parameter : parameter.slice(0, equals)).toLowerCase();
  return { name, value: equals < 0 ? '' : decoded(parameter.slice(equals + 1)).toLowerCase() };
}

function isTrackingOn(host: string, name: string): boolean {
  for (let at = host; at.includes('.'); at = at.slice(at.indexOf('.') + 1)) {
    if (TRACKING_BY_HOST.get(at)?.has(name)) return true;
  }
  return false;
}

/** `rss`, `rss.politics`, `en-rss-all`, `rssnews`; of the words that mean other things too only the whole value. */
function namesFeed(value: string): boolean {
  return (
    /(?:^|[^a-z])rss(?![a-z])|^rss/.test(value) || /^(?:feeds?|newsfeed|atom|rdf|feedburner|syndication)$/.test(value)
  );
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
