/** Stages files other than feeds of articles. */
import { composeEdition } from '../../compose/edition.js';
import { manifestFile } from '../../compose/manifest.js';
import { preferredFeedFormat } from '../../write/formats.js';
import { healthInputs, isHealth } from './edition-documents.js';
import type { EditionWork } from './edition-work.js';

/** Requires staged channels. Stages lists of feeds, pages, digests and pictures. */
export async function stageParts({ context, current, contents, plan, files, channels }: EditionWork): Promise<void> {
  const { settings, profiles, digests } = contents;
  const feedFormat = preferredFeedFormat(settings.publish.formats);
  const edition = composeEdition(settings, profiles, [...channels, ...digests], feedFormat);
  for (const writer of context.publishing.writers) for (const file of writer.edition(edition)) await files.put(file);
  for (const part of contents.parts) {
    for await (const { path, inputs, make } of part.files(edition, plan, current.signal)) {
      if (plan.recorded.get(path)?.inputs === inputs && !plan.broken.has(path)) {
        files.keep(path);
        continue;
      }
      const bytes = await make();
      if (bytes !== null) await files.put({ path, bytes }, inputs);
    }
  }
}

export async function stageHealth({ contents, files }: EditionWork): Promise<void> {
  for (const file of contents.health) await files.put(file, healthInputs(file));
}

/** Requires that all other files are staged or kept. */
export async function stageManifest({ contents, files }: EditionWork): Promise<void> {
  const { settings, health, pages } = contents;
  const sized = [...files.all.values()].map(({ path, size }) => ({ path, size: isHealth(path, health) ? null : size }));
  await files.put(manifestFile(settings.site.url, sized, pages));
}
