import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { build } from '../../src/index.js';
import { aSite } from '../support/a-site.js';
import { rss, serveFeeds } from '../support/serve-feeds.js';

async function aBuild(port?: number) {
  const origin = await serveFeeds({ '/a': rss('Paper A', [{ title: 'Ferry sails' }]) });
  const site = aSite({
    sources: [`{ id: a, url: "${port === undefined ? origin.url : `http://127.0.0.1:${port}`}/a" }`],
  });
  onTestFinished(async () => {
    await origin.close();
    site.remove();
  });
  return { site, configPath: join(site.root, 'config', 'newsloom.yaml') };
}
const now = new Date('2026-11-24T09:07:00Z');

describe('build', () => {
  it('publishes and resolves with the report', async () => {
    const { site, configPath } = await aBuild();
    const report = await build({ configPath, now, force: undefined, signal: undefined });
    expect(report).toMatchObject({ changed: true, articles: { added: 1, total: 1 }, sources: { fetched: 1 } });
    expect(site.json('all.json').items).toHaveLength(1);
  });

  it('resolves with the report if no source could be read', async () => {
    const { configPath } = await aBuild(1);
    expect(await build({ configPath, now })).toMatchObject({ changed: false, sources: { failed: 1, total: 1 } });
  });

  it('rejects with the problems of the config', async () => {
    await expect(build({ configPath: 'no/such.yaml' })).rejects.toMatchObject({ code: 'CONFIG_MISSING' });
  });

  it('rejects with the reason of the aborted signal', async () => {
    const { configPath } = await aBuild();
    const reason = new Error('enough');
    await expect(build({ configPath, now, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
