/** Files of the theme as an edition part: fonts, pictures and the logo. */
import type { Theme } from '../../../model/page.js';
import { contentDigest } from '../../../text/digest.js';
import type { EditionPart } from '../edition-parts.js';

/** Without assets the part is empty, which removes earlier ones. */
export function themeAssets({ assets = [] }: Theme): EditionPart {
  const files = assets.map(({ path, bytes }) => ({ path, inputs: contentDigest(bytes), make: async () => bytes }));
  return {
    fingerprint: files.map(({ path, inputs }) => `${path} ${inputs}`).join(' '),
    owns: (path) => path.startsWith('assets/'),
    archived: () => 0,
    files: async function* () {
      yield* files;
    },
  };
}
