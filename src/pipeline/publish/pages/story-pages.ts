/** Builds story pages and redirects from merged or removed stories. */
import type { StoryView } from '../../../compose/story-view.js';
import type { ArticleRef } from '../../../model/article.js';
import type { StoryRef } from '../../../model/story.js';
import { forwardingPage } from '../../../write/html/forward.js';
import { storyPath } from '../../../write/html/frame.js';
import type { PageWriter } from '../../../write/html/html.js';
import { joinRemovalInputs, shortHash } from '../../facts/page-fingerprints.js';
import type { PartFile } from '../edition-parts.js';
import { toArticlePath } from './article-pages.js';
import type { PageLinks } from './page-links.js';
import { composeStoryPage } from './page-stories.js';
import { joinStoryFileInputs, makeStoryFiles, type StoryFile, type StoryWork } from './story-files.js';
import type { ReadStory } from './story-reader.js';

export interface StoryPages extends Pick<StoryWork, 'recorded' | 'reader' | 'store'> {
  readonly links: PageLinks;
  readonly writer: PageWriter;
  readonly site: { readonly feedsUrl: string; readonly language: string };
  readonly dirty: readonly StoryRef[];
  /** Articles with possibly changed related lists. */
  readonly affected: ReadonlySet<ArticleRef>;
}

const PAGE = /^stories\/[^/]+\.html$/;
const RELATED = 4;
/** Candidates examined: several sources may be one publication. */
const MOST_CANDIDATES = 8;

export function storyPages(work: StoryPages): AsyncIterable<PartFile> {
  return makeStoryFiles({
    ...work,
    frame: work.writer.fingerprint,
    owns: (path) => PAGE.test(path),
    changed: (files) => findChangedStories(files, work),
    make: (story, aliases) => makePages(story, aliases, work),
  });
}

/** Includes stories that show a changed one or may now be related to a changed one or to a new article. */
async function findChangedStories(files: readonly StoryFile[], work: StoryPages): Promise<ReadonlySet<StoryRef>> {
  const dirty = new Set(work.dirty);
  const told = (await work.reader.readViews(work.dirty)).flatMap(({ articles }) => articles.map(({ ref }) => ref));
  const near = new Set([...work.affected, ...(await work.links.findNewer(told, 2))]);
  const touched = files.filter(({ lead, names }) => near.has(lead) || names.some((story) => dirty.has(story)));
  return new Set([...dirty, ...touched.map(({ story }) => story)]);
}

async function* makePages(story: ReadStory, aliases: readonly string[], work: StoryPages): AsyncIterable<PartFile> {
  const { view, slug, ref } = story;
  if (view !== null) {
    yield await makePage(view, work);
    const title = view.lead.entry.title;
    for (const alias of aliases)
      if (alias !== slug) yield makeRedirect(alias, { ref, title, path: storyPath(slug) }, work);
    return;
  }
  const addresses = [...new Set([...aliases, ...(story.wasShown ? [slug] : [])])];
  const [left] = story.articles;
  for (const address of addresses) {
    if (left !== undefined) {
      yield makeRedirect(address, { ref, title: left.entry.title, path: toArticlePath(left.entry.slug) }, work);
    } else if (work.recorded.has(storyPath(address))) {
      yield makeRemovalPage(storyPath(address), work);
    }
  }
}

async function makePage(view: StoryView, work: StoryPages): Promise<PartFile> {
  const { links, reader, writer } = work;
  const [lead] = await links.loadSummaries([view.lead.ref]);
  const near = lead === undefined ? [] : await links.findRelatedStories(lead, MOST_CANDIDATES);
  const related = (await reader.readNamed(near)).slice(0, RELATED);
  const page = composeStoryPage(view, related);
  const names = related.map(({ ref }) => ref);
  const shown = shortHash(page);
  const inputs = joinStoryFileInputs({ frame: writer.fingerprint, story: view.ref, lead: view.lead.ref, names, shown });
  return { path: storyPath(view.slug), inputs, make: async () => writer.story(page) };
}

/** `path`: the target page. */
function makeRedirect(
  address: string,
  to: { readonly ref: StoryRef; readonly title: string; readonly path: string },
  { writer, site }: StoryPages,
): PartFile {
  const { ref: story, title, path } = to;
  const href = path.startsWith('stories/') ? path.slice('stories/'.length) : `../${path}`;
  const page = { title, language: site.language, href, url: `${site.feedsUrl}${path}` };
  const inputs = joinStoryFileInputs({ frame: writer.fingerprint, story, lead: 0, names: [], shown: shortHash(page) });
  return { path: storyPath(address), inputs, make: async () => forwardingPage(page) };
}

function makeRemovalPage(path: string, { writer }: StoryPages): PartFile {
  return { path, inputs: joinRemovalInputs(writer.fingerprint), make: async () => writer.withdrawn(path) };
}
