/** What operators copy from deploy/: every query asks for metrics that a worker has. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { aSite } from './support/a-site.js';
import { aWorker } from './support/a-worker.js';
import { rss, serveFeeds } from './support/serve-feeds.js';
import { temporaryFolder } from './support/temporary-folder.js';

const PROMTOOL = '/usr/bin/promtool';
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
  // One process with a store of its own publishes; the first failure of a kind is an increase of its series.
  expect(body).toMatch(/^newsloom_is_publisher 1$/m);
  expect(body).toMatch(/^newsloom_runs_total\{outcome="STORE_FAILED"\} 0$/m);
  expect(body).toMatch(/^newsloom_announcements_total\{outcome="unknown"\} 0$/m);
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

/** Series of a worker that runs every minute from minute 1, scraped every minute; `alerts` are those that fire, by minute. */
function alertCase(
  name: string,
  series: Readonly<Record<string, string>>,
  alerts: Readonly<Record<string, readonly object[]>>,
) {
  const labels = '{job="newsloom",instance="x"}';
  return {
    name,
    interval: '1m',
    input_series: Object.entries(series).map(([metric, values]) => ({ series: `${metric}${labels}`, values })),
    alert_rule_test: ['NewsloomDown', 'NewsloomStopped'].flatMap((alertname) =>
      Object.entries(alerts).map(([eval_time, fired]) => ({
        alertname,
        eval_time,
        exp_alerts: fired
          .filter((one) => (one as { alert: string }).alert === alertname)
          .map((one) => ({ exp_labels: (one as { labels: object }).labels })),
      })),
    ),
  };
}
const LAST = 'newsloom_last_success_timestamp_seconds';
const START = 'process_start_time_seconds';
const IS_PUBLISHER = 'newsloom_is_publisher';
const stopped = { alert: 'NewsloomStopped', labels: { severity: 'critical', job: 'newsloom' } };
const down = (labels: object) => ({ alert: 'NewsloomDown', labels: { severity: 'critical', ...labels } });
const asScraped = { job: 'newsloom', instance: 'x' };

const ALERT_CASES = stringify({
  rule_files: ['alerts.yml'],
  evaluation_interval: '1m',
  tests: [
    alertCase(
      'killed at half an hour',
      { up: '1x30 0x180', [LAST]: '0+60x30 _x180', [START]: '0x30 _x180', [IS_PUBLISHER]: '1x30 _x180' },
      { '29m': [], '40m': [down(asScraped)], '2h': [down(asScraped), stopped] },
    ),
    alertCase('not even asked any more', { [LAST]: '0+60x30 _x180' }, { '20m': [], '40m': [down({})] }),
    alertCase(
      'runs fail',
      { up: '1x210', [LAST]: '0+60x30 1800x180', [START]: '0x210', [IS_PUBLISHER]: '1x210' },
      { '40m': [], '90m': [stopped] },
    ),
    alertCase(
      'the first run takes long, then goes well; it began in the middle of a day',
      { up: '_x60 1x60', [LAST]: '_x60 0x20 4800+60x40', [START]: '_x60 3600x60', [IS_PUBLISHER]: '_x60 1x60' },
      { '75m': [], '79m': [], '100m': [] },
    ),
    alertCase(
      'the first run never ends',
      { up: '_x60 1x120', [LAST]: '_x60 0x120', [START]: '_x60 3600x120', [IS_PUBLISHER]: '_x60 1x120' },
      { '80m': [], '2h': [stopped] },
    ),
    alertCase(
      'a process that only asks for others',
      { up: '1x180', [LAST]: '0x180', [START]: '0x180', [IS_PUBLISHER]: '0x180' },
      { '2h': [] },
    ),
    alertCase(
      'starts again and again, and publishes nothing',
      { up: '1x180', [LAST]: '0+60x30 0x150', [START]: '0x30 1800+60x150', [IS_PUBLISHER]: '1x180' },
      { '40m': [], '2h': [stopped] },
    ),
  ],
});

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

  it('alarms where the worker is gone, and not while it begins', { timeout: 300_000 }, ({ skip }) => {
    skip(!existsSync(PROMTOOL), 'needs promtool');
    const folder = temporaryFolder();
    // Without what they say, which no case repeats.
    const { groups } = parse(read('alerts.yml')) as Rules;
    const rules = groups[0]!.rules.map((rule) => ({ ...rule, annotations: undefined }));
    writeFileSync(join(folder, 'alerts.yml'), stringify({ groups: [{ name: 'newsloom', rules }] }));
    expect(
      spawnSync(PROMTOOL, ['check', 'rules', fileURLToPath(new URL('../deploy/alerts.yml', import.meta.url))]).status,
    ).toBe(0);
    writeFileSync(join(folder, 'test.yml'), ALERT_CASES);
    const { status, stdout, stderr } = spawnSync(PROMTOOL, ['test', 'rules', 'test.yml'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status, stdout + stderr).toBe(0);
  });

  it.each(['one', 'several'])('has manifests for Kubernetes whose probes and roles exist (%s)', (name) => {
    const documents = parseAllDocuments(read(`kubernetes/${name}.yaml`)).map((one) => one.toJS());
    const kinds = documents.map(({ kind }) => kind);
    expect(kinds).toEqual(
      name === 'one'
        ? ['StatefulSet', 'Service']
        : ['Deployment', 'Deployment', 'PodDisruptionBudget', 'PodDisruptionBudget'],
    );
    for (const { spec } of documents.slice(0, name === 'one' ? 1 : 2)) {
      const { labels } = spec.template.metadata;
      expect(labels).toMatchObject(spec.selector.matchLabels);
      const [{ args, livenessProbe, readinessProbe, resources, volumeMounts }] = spec.template.spec.containers;
      expect(args.slice(0, 3)).toEqual(
        name === 'one' ? ['work', '--host', '0.0.0.0'] : ['work', '--role', labels.role],
      );
      expect([livenessProbe.httpGet.path, readinessProbe.httpGet.path]).toEqual(['/healthz', '/readyz']);
      expect(resources.limits.memory).toBe('2Gi');
      const volumes = [...spec.template.spec.volumes, ...(spec.volumeClaimTemplates ?? [])];
      const names = volumes.map(
        (one: { name?: string; metadata?: { name: string } }) => one.name ?? one.metadata?.name,
      );
      expect(volumeMounts.map((one: { name: string }) => one.name).sort()).toEqual(names.sort());
    }
  });

  it('runs the timer in the same sandbox as the worker', () => {
    const sandbox = (unit: string) => read(unit).split('# It reads the network')[1]?.split('\n\n[Install]')[0]?.trim();
    expect(sandbox('newsloom-build.service')).toBe(sandbox('newsloom.service'));
    expect(sandbox('newsloom.service')).toContain('ProtectSystem=strict');
  });
});
