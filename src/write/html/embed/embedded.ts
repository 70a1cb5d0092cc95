/** Prepares lists of articles for other sites: as a fragment of HTML, or as a page for a frame. */
import type { EmbeddedList, PageEntry, TopStory } from '../../../model/page.js';
import { detectDirection } from '../direction.js';
import { LISTS, shownEntry } from '../entries/listing.js';
import { createPublicationFinder } from '../entries/publication.js';
import { type Frame, pathToRoot, storyPath, toPageUrl } from '../frame.js';
import type { Labels } from '../labels.js';
import { leadsStory } from '../stories.js';

export function fragmentData(entries: readonly PageEntry[], frame: Frame) {
  const { site, labels } = frame;
  return { labels, list: { entries: entriesElsewhere(entries, `${site.feedsUrl}articles/`, frame) } };
}

export function topFragmentData(top: readonly TopStory[], frame: Frame) {
  const { labels, list } = fragmentData(top.map(({ entry }) => entry), frame); // biome-ignore format: one call
  const entries = list.entries.map((entry, i) => {
    const one = top[i]!;
    return leadsStory(one) ? { ...entry, url: toPageUrl(frame.site, storyPath(one.story!.slug)) } : entry;
  });
  return { labels, list: { entries } };
}

/** With dates as in fragments: in the section's words and time zone. */
export function elementScript(script: string, { zone, date, months }: Labels): string {
  return script.replace("'SECTION'", () => JSON.stringify({ zone: zone.name, date, months }));
}

/** Links are relative, so that the frame works wherever the folder is served. */
export function framedData({ path, label, page, entries }: EmbeddedList, frame: Frame) {
  const { site, labels } = frame;
  const root = pathToRoot(path);
  return {
    labels,
    site: { title: site.title, root, home: `${root}index.html` },
    page: {
      kind: 'frame',
      heading: label ?? labels.latestNews,
      href: root + page,
      canonical: toPageUrl(site, page),
      title: `${label ?? labels.latestNews} | ${site.title}`,
      dir: detectDirection(labels.language),
    },
    list: { entries: entriesElsewhere(entries, `${root}articles/`, frame) },
  };
}

function entriesElsewhere(entries: readonly PageEntry[], folder: string, { site, labels }: Frame) {
  const pageOf = createPublicationFinder([], [], labels.publication, site.feedsUrl);
  return entries.map((entry) => {
    const one = shownEntry(entry, folder, labels, LISTS.elsewhere, pageOf);
    return { ...one, url: one.href };
  });
}
