/** Images of the section's own posts as an edition part. */
import { createPlainRequest } from '../../../model/fetch.js';
import type { PostImage, Source, SourceFacts, SourceId } from '../../../model/source.js';
import type { Fetcher } from '../../../ports/fetcher.js';
import { contentDigest } from '../../../text/digest.js';
import { IMAGES } from '../edition-documents.js';
import type { EditionPart } from '../edition-parts.js';

/** Empty without post folders. Reads image bytes only when writing them. */
export function postImages(
  sources: readonly Source[],
  states: ReadonlyMap<SourceId, Pick<SourceFacts, 'images'>>,
  fetcher: Pick<Fetcher, 'fetch'>,
): EditionPart[] {
  const folders = sources.filter(({ own }) => own?.kind === 'posts');
  if (folders.length === 0) return [];
  const listed = folders.map((source) => ({ source, images: states.get(source.id)?.images ?? [] }));
  return [
    {
      fingerprint: contentDigest(JSON.stringify(listed.map(({ source, images }) => [source.id, images]))),
      owns: (path) => path.startsWith(IMAGES),
      files: async function* (_edition, _stored, signal) {
        for (const { source, images } of listed) {
          for (const image of images) {
            const make = () => readImage(source, image, fetcher, signal);
            yield { path: `${IMAGES}${source.id}/${image.path}`, inputs: image.digest, make };
          }
        }
      },
    },
  ];
}

/** null: unreadable. The post is published without it, and the folder's failure is reported for its source. */
async function readImage(
  { url }: Source,
  { path }: PostImage,
  fetcher: Pick<Fetcher, 'fetch'>,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const address = new URL(path.split('/').map(encodeURIComponent).join('/'), url).href;
  const answer = await fetcher.fetch(createPlainRequest(address, { allowPrivateAddresses: false }), signal);
  return answer.kind === 'fresh' ? answer.body : null;
}
