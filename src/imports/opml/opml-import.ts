/** Imports OPML of feed readers: plain (Feedly, Inoreader, NetNewsWire), or with settings of miniflux and FreshRSS. */
import { addScheme } from '../../model/address.js';
import { readXmlDecoded } from '../../text/markup.js';
import { type OpmlOutline, readOpmlOutlines, toFolderId } from '../../text/opml.js';
import type { OpmlFolder } from '../../text/opml-folders.js';
import { redactUrl } from '../../text/url/redact-url.js';
import {
  createImportedSite,
  type ImportedSite,
  type ImportedSource,
  type ImportFormat,
  type LeftOutSetting,
  mergeLeftOut,
} from '../imported-site.js';
import { readFreshrssSettings } from './freshrss.js';
import { readMinifluxSettings } from './miniflux.js';

export const opmlImport: ImportFormat = {
  name: 'opml',
  describe: 'OPML of any feed reader, with the settings of miniflux and FreshRSS',
  recognizes: ({ text }) => /<opml[\s>]/i.test(text.slice(0, 5000)),
  read({ text }) {
    const { outlines, folders } = readOpmlOutlines(text);
    const tags = new Map<string, OpmlFolder>();
    const read = outlines.map((outline) => importOutline(outline, tags));
    const lists = findLinkedLists(text);
    return createImportedSite({
      title: readTitle(text),
      sources: [...read.flatMap(({ source }) => source ?? []), ...lists],
      folders: [...folders, ...tags.values()].filter(isTopic).map(omitDefaultParent),
      leftOut: mergeLeftOut(read.flatMap(({ leftOut }) => leftOut)),
    });
  },
};

function importOutline(
  outline: OpmlOutline,
  tags: Map<string, OpmlFolder>,
): { source: ImportedSource | null; leftOut: readonly LeftOutSetting[] } {
  const { url, title, attributes } = outline;
  const settings = [readMinifluxSettings(attributes), readFreshrssSettings(attributes)].flatMap((one) => one ?? []);
  const leftOut = settings.flatMap((one) => one.leftOut);
  const refused = settings.find((one) => one.refused !== undefined)?.refused;
  if (refused !== undefined)
    return { source: null, leftOut: [{ what: title ?? redactUrl(addScheme(url)), why: refused }, ...leftOut] };
  const topics =
    outline.topics.size > 0
      ? [...outline.topics].filter((id) => isTopic({ id }))
      : parseTags(attributes.category).map((label) => {
          const id = toFolderId(label);
          if (!tags.has(id)) tags.set(id, { id, label });
          return id;
        });
  return {
    source: {
      url: url.replace(/#force_feed$/, ''),
      ...(title !== undefined && { title }),
      ...(topics.length > 0 && { topics }),
      ...Object.assign({}, ...settings.map(({ keys }) => keys)),
    },
    leftOut,
  };
}

/** Ids of default folders, which contain feeds without a folder. */
const DEFAULT_FOLDERS =
  /^(?:all|default|uncategori[sz]ed|unsorted|unkategorisiert|sans-categorie|sin-categorizar|senza-categoria)$/;

function isTopic({ id }: Pick<OpmlFolder, 'id'>): boolean {
  return !DEFAULT_FOLDERS.test(id);
}

function omitDefaultParent({ parent, ...folder }: OpmlFolder): OpmlFolder {
  return parent === undefined || DEFAULT_FOLDERS.test(parent) ? folder : { ...folder, parent };
}

/** OPML 2.0: comma-separated tags or category paths, of which the last part is used. */
function parseTags(category: string | undefined): string[] {
  const tags = (category ?? '').split(',').map((one) => one.split('/').filter(Boolean).at(-1)?.trim() ?? '');
  return tags.filter((tag) => tag !== '');
}

/** Finds linked lists: `type="include"`, a `link` to OPML, and dynamic categories of FreshRSS. */
function findLinkedLists(text: string): ImportedSource[] {
  const found = new Map<string, ImportedSource>();
  readXmlDecoded(text, {
    open(name, attributes) {
      if (name.toLowerCase() !== 'outline' || attributes.xmlurl) return;
      const { type = '', url = '', title, text: label } = attributes;
      const isList = /^include$/i.test(type) || (/^link$/i.test(type) && /\.opml$/i.test(url));
      const address = attributes['frss:opmlurl'] ?? (isList ? url : '');
      const named = title || label;
      if (address !== '') found.set(address, { url: address, kind: 'opml', ...(named && { title: named }) });
    },
    close: () => {},
    text: () => {},
  });
  return [...found.values()];
}

/** null: none, or the name of a program. */
function readTitle(text: string): ImportedSite['title'] {
  let title = '';
  let isTitle = false;
  let isOver = false;
  readXmlDecoded(text, {
    open: (name) => {
      isTitle = /^title$/i.test(name);
      isOver ||= /^body$/i.test(name);
    },
    close: () => {
      isTitle = false;
    },
    text: (value) => {
      if (isTitle) title += value;
    },
    done: () => isOver,
  });
  const said = title.replace(/\s+/g, ' ').trim();
  return said === '' || OF_PROGRAMS.test(said) ? null : said;
}

const OF_PROGRAMS =
  /subscription|miniflux|freshrss|^fever\b|feedly|inoreader|newsblur|netnewswire|tiny tiny|reader|aggregator|export|opml|^(my )?(rss )?feeds?$/i;
