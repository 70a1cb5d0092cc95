/** Icons of the section and its topics as an edition part. */
import { contentDigest } from '../../../text/digest.js';
import type { EditionPart, PartFile } from '../edition-parts.js';

export function channelIconFiles(files: readonly PartFile[]): EditionPart {
  return {
    fingerprint: contentDigest(JSON.stringify(files.map(({ path, inputs }) => [path, inputs]))),
    owns: (path) => files.some((file) => file.path === path),
    archived: () => 0,
    files: async function* () {
      yield* files;
    },
  };
}
