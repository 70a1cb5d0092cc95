/** An export of WordPress (WXR) with the sources of WP RSS Aggregator, or the groups and imports of Feedzy. */
import { readXmlDecoded } from '../text/markup.js';
import { blockingWords, keepingOnlyWords, listedWords } from './filters.js';
import { FolderNames } from './folders.js';
import {
  type ImportedSource,
  type ImportFormat,
  importedSite,
  type LeftOutSetting,
  withCounts,
} from './imported-site.js';

export const wordpressImport: ImportFormat = {
  name: 'wordpress',
  describe: 'an export of WordPress (Tools → Export) with sources of WP RSS Aggregator, groups or imports of Feedzy',
  recognizes: ({ text }) => /xmlns:wp=|<wp:wxr_version>/.test(text.slice(0, 20_000)),
  read({ text }) {
    const { posts, title, link } = readWxr(text);
    const names = new FolderNames();
    const read = posts.map((post) => readPost(post, posts, names));
    return importedSite({
      title: title || null,
      url: link || null,
      sources: withoutTwins(read.flatMap(({ sources = [] }) => sources)),
      folders: names.all(),
      leftOut: withCounts(read.flatMap(({ leftOut = [] }) => leftOut)),
    });
  },
};

interface Post {
  title: string;
  type: string;
  name: string;
  status: string;
  readonly meta: Map<string, string>;
  /** Domain and label. */
  readonly categories: [string, string][];
}

interface Found {
  readonly sources?: readonly ImportedSource[];
  readonly leftOut?: readonly LeftOutSetting[];
}

function readPost(post: Post, all: readonly Post[], names: FolderNames): Found {
  if (post.status === 'trash' || post.status === 'auto-draft') return {};
  if (post.type === 'wprss_feed') return aggregatorSource(post, names);
  if (post.type === 'feedzy_categories') return feedzyGroup(post, names);
  if (post.type === 'feedzy_imports') return feedzyImport(post, all, names);
  if (post.type === 'wprss_feed_item') return { leftOut: [{ what: 'items that were imported before', why: AGAIN }] };
  return post.meta.has('feedzy_item_url') ? { leftOut: [{ what: 'posts that were imported before', why: AGAIN }] } : {};
}

const AGAIN = 'their feeds are read anew; "newsloom backfill" brings in what is older';

// ── WP RSS Aggregator ───────────────────────────────────────────────────────────────────────────────────────────────

const INTERVALS: Readonly<Record<string, string>> = {
  fifteen_min: '15m',
  thirty_min: '30m',
  hourly: '1h',
  two_hours: '2h',
  twicedaily: '12h',
  daily: '1d',
  weekly: '7d',
};

const AGGREGATOR_REASONS: Readonly<Record<string, string>> = {
  wprss_limit: '"publish.items" says how many articles a feed holds, "perDay" how many a source may bring',
  wprss_age_limit: 'write "maxAge" at the source',
  wprss_filter: 'write "rules" at the source',
};

function aggregatorSource({ title, status, meta, categories }: Post, names: FolderNames): Found {
  const url = meta.get('wprss_url')?.trim() ?? '';
  if (url === '') return { leftOut: [{ what: title, why: 'it has no address (wprss_url)' }] };
  if (meta.get('wprss_state') === 'paused' || status === 'draft')
    return { leftOut: [{ what: title, why: 'it is paused' }] };
  const folders = categories.filter(([domain]) => domain === 'wprss_category').map(([, label]) => names.idOf(label));
  const every = INTERVALS[meta.get('wprss_update_interval') ?? ''];
  const unlike = [...meta.keys()].filter((key) => key in AGGREGATOR_REASONS && !/^0?$/.test(meta.get(key)!));
  return {
    sources: [
      { url, ...(title && { title }), ...(folders.length > 0 && { topics: folders }), ...(every && { every }) },
    ],
    leftOut: unlike.map((what) => ({ what, why: AGGREGATOR_REASONS[what]! })),
  };
}

// ── Feedzy ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function feedzyGroup({ title, meta }: Post, names: FolderNames): Found {
  const urls = addressesIn(meta.get('feedzy_category_feed') ?? '');
  const topics = urls.length === 0 || title === '' ? [] : [names.idOf(title)];
  return { sources: urls.map((url) => ({ url, ...(topics.length > 0 && { topics }) })) };
}

const FEEDZY_REASONS: Readonly<Record<string, string>> = {
  filter_conditions: 'write "rules" at the source',
  import_auto_translation: 'articles stay in their language',
  import_post_content: 'what is republished of an article is said by "content" at the source',
  imports_custom_fields: 'articles have fixed fields',
};

/** Its source is addresses, or the name of a group. */
function feedzyImport(post: Post, all: readonly Post[], names: FolderNames): Found {
  const { title, status, meta } = post;
  const source = meta.get('source')?.trim() ?? '';
  const group = all.find(({ type, name }) => type === 'feedzy_categories' && name === source);
  const urls = addressesIn(group?.meta.get('feedzy_category_feed') ?? source);
  if (urls.length === 0) return { leftOut: [{ what: title, why: `its source is no address of a feed ("${source}")` }] };
  if (status === 'draft') return { leftOut: [{ what: title, why: 'it is not switched on' }] };
  const rules = wordRules(meta);
  const topics = group === undefined || group.title === '' ? [] : [names.idOf(group.title)];
  const one = urls.length === 1 && title !== '' ? { title } : {};
  return {
    sources: urls.map((url) => ({
      url,
      ...one,
      ...(topics.length > 0 && { topics }),
      ...(rules.length > 0 && { rules }),
    })),
    leftOut: Object.keys(FEEDZY_REASONS)
      .filter((key) => !/^(?:|no|\[\]|\{\}|\[#item_content\])$/.test(meta.get(key) ?? ''))
      .map((what) => ({ what, why: FEEDZY_REASONS[what]! })),
  };
}

function wordRules(meta: Post['meta']) {
  const words = (key: string) => listedWords(meta.get(key) ?? '');
  const fields = (key: string) => (meta.get(key) === 'description' ? (['text'] as const) : (['title'] as const));
  const [block, keep] = [words('exc_key'), words('inc_key')];
  return [
    ...(block.length > 0 ? [blockingWords(block, fields('exc_on'))] : []),
    ...(keep.length > 0 ? [keepingOnlyWords(keep, fields('inc_on'))] : []),
  ];
}

function addressesIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((one) => /^https?:\/\//i.test(one));
}

/** A group and an import may name the same feed: what is said of it is joined. */
function withoutTwins(sources: readonly ImportedSource[]): ImportedSource[] {
  const known = new Map<string, ImportedSource>();
  for (const source of sources) {
    const twin = known.get(source.url);
    const topics = [...new Set([...(twin?.topics ?? []), ...(source.topics ?? [])])];
    known.set(source.url, { ...twin, ...source, ...(topics.length > 0 && { topics }) });
  }
  return [...known.values()];
}

// ── the document ────────────────────────────────────────────────────────────────────────────────────────────────────

function readWxr(text: string): { posts: Post[]; title: string; link: string } {
  const posts: Post[] = [];
  const channel: Record<string, string> = {};
  let post: Post | null = null;
  let value = '';
  let domain = '';
  let key = '';
  const add = (more: string) => {
    value += more;
  };
  readXmlDecoded(text, {
    open(name, attributes) {
      value = '';
      if (name === 'item') post = { title: '', type: '', name: '', status: '', meta: new Map(), categories: [] };
      if (name === 'category') domain = attributes.domain ?? '';
    },
    text: add,
    cdata: add,
    close(name) {
      const said = value.trim();
      if (post === null) channel[name] ??= said;
      else if (name === 'item') posts.push(post);
      else if (name === 'title') post.title = said;
      else if (name === 'wp:post_type') post.type = said;
      else if (name === 'wp:post_name') post.name = said;
      else if (name === 'wp:status') post.status = said;
      else if (name === 'category') post.categories.push([domain, said]);
      else if (name === 'wp:meta_key') key = said;
      else if (name === 'wp:meta_value') post.meta.set(key, said);
      value = '';
    },
  });
  return { posts, title: channel.title ?? '', link: channel.link ?? '' };
}
