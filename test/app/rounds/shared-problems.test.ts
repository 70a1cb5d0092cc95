/** A site with a publisher on another machine. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/app/open-store.js';
import { findFolderProblems } from '../../../src/app/rounds/shared-problems.js';
import type { PublishSettings } from '../../../src/model/settings.js';
import { savePublishedNote } from '../../../src/pipeline/publish/commit-note.js';
import { createDirectorySink } from '../../../src/sink/directory.js';
import { contentDigest } from '../../../src/text/digest.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('a publisher on another machine', () => {
  const MANIFEST = '{"files":[]}';

  /** Problems after `publisher` published that manifest; `shared`: into the folder of this process. */
  async function problems(publisher: string, shared: boolean, to: Pick<PublishSettings, 's3'> = {}) {
    const [dir, at] = [temporaryFolder(), { kind: 'sqlite', path: join(temporaryFolder(), 'newsloom.db') }];
    const store = await openStore(at as Parameters<typeof openStore>[0], 'write');
    await store.saveMeta('store.publisher', publisher);
    const note = { manifest: contentDigest(MANIFEST), boot: null, at: 0, renamedAt: null, files: {} };
    await savePublishedNote(store, note);
    await store.close();
    if (shared) {
      const edition = await createDirectorySink(dir).begin();
      await edition.put({ path: 'manifest.json', bytes: MANIFEST });
      await edition.commit([]);
    }
    const publish = { dir, ...to } as PublishSettings;
    return await findFolderProblems({ store: at as Parameters<typeof openStore>[0], publish });
  }

  it('is rejected if its folder is not the published one', async () => {
    const message = expect.stringContaining('elsewhere publishes this site to another folder');
    expect(await problems('elsewhere', false)).toEqual([{ path: 'publish.dir', message }]);
    expect(await problems('elsewhere', true)).toEqual([]);
    expect(await problems(hostname(), false)).toEqual([]);
  });

  it('may publish to a bucket', async () => {
    const s3 = { bucket: 'news', endpoint: 'https://s3.example', region: 'auto' } as PublishSettings['s3'] & object;
    expect(await problems('elsewhere', false, { s3 })).toEqual([]);
  });
});
