/** What operators copy from deploy/: every query asks for metrics that a worker has. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { aSite } from './support/a-site.js';
import { aWorker } from './support/a-worker.js';
import { rss, serveFeeds } from './support/serve-feeds.js';

const read = (name: string) => readFileSync(new URL(`../deploy/${name}`, import.meta.url), 'utf8');

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}
interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

function queries(): [string, string][] {
  const { panels } = JSON.parse(read('grafana.json')) as Dashboard;
  const { groups } = parse(read('alerts.yml')) as Rules;
  return [
    ...panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr])),
    ...groups.flatMap(({ rules }) => rules.map(({ alert, expr }): [string, string] => [alert, expr])),
  ];
}

/** Names of metrics with the labels that each has or, without samples yet, is documented with. */
async function metricsOfAWorker(): Promise<Map<string, Set<string>>> {
  const origin = await serveFeeds({ '/a': rss('A', [{ title: 'One' }]) });
  onTestFinished(() => origin.close());
  const site = aSite({ sources: [`{ id: a, url: "${origin.url}/a" }`] });
  onTestFinished(() => site.remove());
  const worker = await aWorker(site);
  const { body } = await worker.get('/metrics');
  await worker.stop();
  const found = new Map<string, Set<string>>([['up', new Set()]]); // of Prometheus itself
  for (const [, name = '', labels = ''] of body.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm))
    found.set(name, new Set([...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label)));
  const docs = readFileSync(new URL('../docs/operations.md', import.meta.url), 'utf8');
  for (const [, names = '', label] of docs.matchAll(/^\| ((?:`newsloom_\w+`(?:, )?)+) \| (?:`(\w+)`)?/gm))
    for (const [name] of names.matchAll(/newsloom_\w+/g))
      if (body.includes(`# TYPE ${name} `)) found.set(name, new Set(label === undefined ? [] : [label]));
  return found;
}

/** What Prometheus adds to each series. */
const SCRAPED = ['job', 'instance', 'le'];

describe('deploy/', () => {
  it('asks for metrics and labels that a worker has', async () => {
    const metrics = await metricsOfAWorker();
    const asked = queries();
    expect(asked.length).toBeGreaterThan(20);
    for (const [where, expr] of asked) {
      const names = [...expr.matchAll(/\bup\b|\b(?:newsloom|process|nodejs)_\w+/g)].map(([name]) => name);
      expect(names, where).not.toEqual([]);
      const labels = names.flatMap((name) => [...(metrics.get(name) ?? [`${name} is unknown`])]);
      const used = [...expr.matchAll(/(\w+)(?:=~|!~|!=|=)"|by \(([^)]*)\)/g)].flatMap(([, one, several = '']) =>
        one === undefined ? several.split(', ') : [one],
      );
      expect([...SCRAPED, ...labels], where).toEqual(expect.arrayContaining(used));
      expect(names.filter((name) => !metrics.has(name), where)).toEqual([]);
    }
  });

  it('runs the timer in the same sandbox as the worker', () => {
    const sandbox = (unit: string) => read(unit).split('# It reads the network')[1]?.split('\n\n[Install]')[0]?.trim();
    expect(sandbox('newsloom-build.service')).toBe(sandbox('newsloom.service'));
    expect(sandbox('newsloom.service')).toContain('ProtectSystem=strict');
  });
});
