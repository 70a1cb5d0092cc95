/** Publishes the newest articles of each list as HTML fragments and frame pages, as configured. */
import { listFormerPaths } from '../../../compose/former-paths.js';
import type { EditionSettings } from '../../../compose/settings.js';
import type { ListedChannel } from '../../../model/edition.js';
import { type Embed, FRAGMENTS, FRAMES } from '../../../model/embeds.js';
import type { EmbeddedList, PageEntry, TopStory } from '../../../model/page.js';
import { joinListInputs } from '../../facts/page-fingerprints.js';
import type { PartFile } from '../edition-parts.js';
import { type ListFiles, listFile } from './list-file.js';

const LATEST = 10;

function isEmbedded({ publish }: EditionSettings, kind: Embed): boolean {
  return publish.embed?.includes(kind) === true;
}

/** Embeds of the main list and the top stories. Their fragments are always published. */
export async function* embeddedIndex(
  settings: EditionSettings,
  { entries, top }: { readonly entries: readonly PageEntry[]; readonly top: readonly TopStory[] },
  work: ListFiles,
): AsyncIterable<PartFile> {
  const list = { label: null, page: 'index.html', load: async () => entries, touched: true };
  yield fragmentFile('latest', list, work);
  if (settings.publish.stories) {
    const inputs = joinListInputs(work.writer.fingerprint, 'top', top);
    yield { path: `${FRAGMENTS}top.html`, inputs, make: async () => work.writer.topFragment(top) };
  }
  if (isEmbedded(settings, 'frames')) yield frameFile('latest', list, work);
}

/** Embeds of a channel, also at its former paths, so that existing embeds keep working. */
export async function* embeddedChannel(
  settings: EditionSettings,
  { path }: Pick<ListedChannel, 'path'>,
  list: EmbeddedSource,
  work: ListFiles,
): AsyncIterable<PartFile> {
  for (const name of [path, ...listFormerPaths(path, settings)]) {
    if (isEmbedded(settings, 'fragments')) yield fragmentFile(name, list, work);
    if (isEmbedded(settings, 'frames')) yield frameFile(name, list, work);
  }
}

interface EmbeddedSource extends Pick<EmbeddedList, 'label' | 'page'> {
  load(): Promise<readonly PageEntry[]>;
  readonly touched: boolean;
}

function fragmentFile(name: string, { load, touched }: EmbeddedSource, work: ListFiles): Promise<PartFile> {
  const list = { path: `${FRAGMENTS}${name}.html`, about: 'fragment', load: () => loadNewest(load), touched };
  return listFile(list, ({ entries }) => work.writer.fragment(entries), work);
}

function frameFile(name: string, { label, page, load, touched }: EmbeddedSource, work: ListFiles): Promise<PartFile> {
  const path = `${FRAMES}${name}.html`;
  const list = { path, about: ['frame', label, page], load: () => loadNewest(load), touched };
  return listFile(list, ({ entries }) => work.writer.framed({ path, label, page, entries }), work);
}

async function loadNewest(load: () => Promise<readonly PageEntry[]>): Promise<{ entries: readonly PageEntry[] }> {
  return { entries: (await load()).slice(0, LATEST) };
}
