import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/app/load-site.js';
import { siteFolder } from '../support/site-folder.js';

const load = (...lines: string[]) =>
  loadSite(
    `${siteFolder({ 'newsloom.yaml': `site: { title: T, url: "https://news.example.org/" }\nsources: [{ id: a, url: "https://a.example/feed" }]\n${lines.join('\n')}\n` })}/newsloom.yaml`,
    {},
  );

describe('worker.role', () => {
  it('defaults to all, with a lease of 90 seconds', async () => {
    expect((await load()).worker).toMatchObject({ role: 'all', leaseMs: 90_000 });
  });

  it.each(['fetch', 'publish'])('%s requires a shared store', async (role) => {
    await expect(load(`worker: { role: ${role} }`)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      problems: [{ line: 3, path: 'worker.role' }],
    });
    const shared = await load(`worker: { role: ${role} }`, 'store: { kind: postgres, url: "postgres://localhost/x" }');
    expect(shared.worker.role).toBe(role);
  });
});
