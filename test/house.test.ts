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
const ENTRIES = ['main.ts', 'index.ts', 'pipeline/reader/read-worker.ts', 'worker/watchdog.ts'];

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
