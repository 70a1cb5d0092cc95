import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { publishFailure } from '../../src/sink/failure.js';
import { asNobody } from '../support/as-nobody.js';
import { siteFolder } from '../support/site-folder.js';

const refused = (path: string) =>
  Object.assign(new Error(`EACCES: permission denied, open '${path}'`), { code: 'EACCES', syscall: 'open', path });

describe.runIf(process.getuid?.() === 0)('a published folder that may not be written', () => {
  it('is told with the user to whom it, or a folder in it, belongs', () => {
    const dir = siteFolder({});
    mkdirSync(join(dir, 'topics'));
    const said = () => publishFailure(refused(join(dir, 'topics', 'a.rss')), dir);
    const owned = 'belongs to user 65534, and newsloom runs as user 0: chown gives it back';
    chownSync(join(dir, 'topics'), 65534, 65534);
    expect(said()).toMatchObject({
      code: 'PUBLISH_FAILED',
      message: expect.stringContaining(`may not be written; ${join(dir, 'topics')} ${owned} (EACCES`),
    });
    chownSync(dir, 65534, 65534);
    expect(said()).toMatchObject({ message: expect.stringContaining(`may not be written; it ${owned} (`) });
  });
  it('is told also where the folder above it is closed, of which nobody can tell the user', async () => {
    const dir = siteFolder({});
    mkdirSync(join(dir, 'feeds'));
    chmodSync(dir, 0o700);
    const said = await asNobody(async () => publishFailure(refused(join(dir, 'feeds', 'a.rss')), join(dir, 'feeds')));
    expect(said).toMatchObject({
      code: 'PUBLISH_FAILED',
      message: expect.stringContaining('may not be written (EACCES'),
    });
  });

  it('is told without a user on a system that has none', () => {
    vi.spyOn(process, 'geteuid').mockReturnValue(undefined as never);
    const said = publishFailure(refused('feeds/a.rss'), siteFolder({}));
    vi.restoreAllMocks();
    expect(said).toMatchObject({ message: expect.stringContaining('may not be written (EACCES') });
  });
});
