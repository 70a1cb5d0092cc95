/** Checks the structure of src: import circles, unreachable files, names declared once. */
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = new URL('..', import.meta.url);
const entries = readdirSync(new URL('src', root), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) =>
    posix.join(entry.parentPath.replaceAll('\\', '/').split('/src').at(-1)!, entry.name).replace(/^\//, ''),
  );
const sources = new Map(
  entries
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path, readFileSync(new URL(`src/${path}`, root), 'utf8').replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '')]),
);

/** Entry points of processes and threads. */
const ENTRIES = ['main.ts', 'index.ts', 'pipeline/read/reader/read-worker.ts', 'worker/watchdog.ts'];

/** Files of ours that a file imports, types included. */
function importsOf(path: string, text: string): string[] {
  const named = text.matchAll(/\b(?:from|import)\s*\(?\s*(['"])(\.[^'"]*)\1/g);
  return [...named].map(([, , target]) => posix.join(posix.dirname(path), target!).replace(/\.js$/, '.ts'));
}

const graph = new Map([...sources].map(([path, text]) => [path, importsOf(path, text)]));

/** Import circles, each once, in the order of its imports. */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    const at = trail.indexOf(file);
    if (at >= 0) found.push([...trail.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return found;
}

function reachedFrom(starts: readonly string[], imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const waiting = [...starts];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    waiting.push(...(imports.get(file) ?? []));
  }
  return reached;
}

/** Pairs of folders that import each other. A folder and its parent are one room. */
function listMutualImports(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const arrows = new Set<string>();
  for (const [file, targets] of imports)
    for (const target of targets) {
      const [from, to] = [posix.dirname(file), posix.dirname(target)];
      if (!`${from}/`.startsWith(`${to}/`) && !`${to}/`.startsWith(`${from}/`)) arrows.add(`${from} → ${to}`);
    }
  return [...arrows].filter((arrow) => arrows.has(arrow.split(' → ').reverse().join(' → '))).sort();
}

/** Rooms of the pipeline in the order of a run. Each may import the ones before it. */
const ROOMS = ['facts', 'read', 'organize', 'publish', 'announce', 'restore'];

/** Imports of a pipeline room from one that comes after it, or from the run itself. */
function listUpwardImports(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const placeOf = (path: string) => ROOMS.indexOf(/^pipeline\/(\w+)\//.exec(path)?.[1] ?? '');
  return [...imports].flatMap(([file, targets]) =>
    placeOf(file) < 0
      ? []
      : targets
          .filter((target) => target === 'pipeline/run.ts' || placeOf(target) > placeOf(file))
          .map((target) => `${file} → ${target}`),
  );
}

const EXPORTED = /^export (?:declare )?(?:async )?(?:abstract )?(?:function\*?|const|class|interface|type) (\w+)/gm;

/** Exported names with the files that declare them. */
function declarationsIn(texts: ReadonlyMap<string, string>): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const [path, text] of texts) {
    for (const [, name] of text.matchAll(EXPORTED)) places.set(name!, [...(places.get(name!) ?? []), path]);
  }
  return places;
}

describe('src', () => {
  it('has no import circle', () => {
    expect(circlesIn(graph)).toEqual([]);
  });

  it('has no two folders that import each other', () => {
    expect(listMutualImports(graph)).toEqual([]);
  });

  it('has no import from a room of the pipeline to a later one', () => {
    expect(listUpwardImports(graph)).toEqual([]);
  });

  it('has no file that no entry point reaches', () => {
    const reached = reachedFrom(ENTRIES, graph);
    expect([...sources.keys()].filter((path) => !reached.has(path))).toEqual([]);
  });

  it('calls each method of the store somewhere outside the store', () => {
    const ports = [...sources].filter(([path]) => path.startsWith('ports/store/')).map(([, text]) => text);
    const methods = ports.flatMap((text) => [...text.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name!));
    const others = [...sources].filter(([path]) => !/^(?:ports|store)\//.test(path)).map(([, text]) => text);
    expect(methods.length).toBeGreaterThan(20);
    expect(methods.filter((name) => !others.some((text) => text.includes(`.${name}(`)))).toEqual([]);
  });

  it('declares each exported name once', () => {
    const twice = [...declarationsIn(sources)].filter(([, paths]) => paths.length > 1);
    expect(twice.map(([name, paths]) => `${name}: ${paths.join(', ')}`)).toEqual([]);
  });
});

describe('the checks', () => {
  it('find a circle', () => {
    const planted = new Map([
      ['a.ts', ['b.ts']],
      ['b.ts', ['c.ts']],
      ['c.ts', ['a.ts', 'd.ts']],
      ['d.ts', []],
    ]);
    expect(circlesIn(planted)).toEqual(['a.ts → b.ts → c.ts → a.ts']);
  });

  it('find folders that import each other', () => {
    const planted = new Map([
      ['a/x.ts', ['b/y.ts', 'a/in/z.ts']],
      ['a/in/z.ts', ['a/x.ts']],
      ['b/z.ts', ['a/w.ts']],
    ]);
    expect(listMutualImports(planted)).toEqual(['a → b', 'b → a']);
  });

  it('find an import that goes back up', () => {
    const planted = new Map([
      ['pipeline/read/a.ts', ['pipeline/organize/b.ts', 'pipeline/facts/c.ts']],
      ['pipeline/publish/pages/d.ts', ['pipeline/read/a.ts', 'pipeline/run.ts']],
    ]);
    expect(listUpwardImports(planted)).toEqual([
      'pipeline/read/a.ts → pipeline/organize/b.ts',
      'pipeline/publish/pages/d.ts → pipeline/run.ts',
    ]);
  });

  it('find an unreachable file', () => {
    const planted = new Map([
      ['main.ts', ['a.ts']],
      ['a.ts', []],
      ['b.ts', ['a.ts']],
    ]);
    expect([...reachedFrom(['main.ts'], planted)]).toEqual(['main.ts', 'a.ts']);
  });

  it('find a name that two files export', () => {
    const planted = new Map([
      ['a.ts', 'export function textOf() {}'],
      ['b.ts', 'export const textOf = 1;\nconst other = 2;'],
    ]);
    expect([...declarationsIn(planted)]).toEqual([['textOf', ['a.ts', 'b.ts']]]);
  });
});
