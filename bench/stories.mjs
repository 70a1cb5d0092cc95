// Measures the accuracy of stories on labelled news: node bench/stories.mjs [dist] [--results]
// The labelled sets and their scripts are not in this repository: NEWSLOOM_LABELLED names their folder. Passes without it. --results writes the table to RESULTS.md.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [dist = 'dist'] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const labelled = process.env.NEWSLOOM_LABELLED ?? '';
const WINDOW = `${labelled}/corpus/news/window-2021-09.json`;
if (!existsSync(WINDOW)) {
  console.log('no labelled news in NEWSLOOM_LABELLED; nothing measured');
  process.exit(0);
}

const at = (name) => `${labelled}/corpus/news/${name}`;
const runScore = (name, ...args) => {
  const module = ['--module', `${dist}/index.js`, '--json'];
  const child = spawnSync(process.execPath, [`${labelled}/checks/${name}.mjs`, ...args, ...module], {
    encoding: 'utf8',
  });
  if (child.stdout === '') throw new Error(`${name} exited with ${child.status}: ${child.stderr}`);
  return JSON.parse(child.stdout);
};

const [once] = runScore('window-score', WINDOW);
const [often] = runScore('window-score', WINDOW, '--every', '50');
const sets = ['stories-googlenews.jsonl', 'stories-googlenews-titles.jsonl', 'pairs-ru.jsonl', 'pairs-en.jsonl'];
const [snippets, titles, russian, english, seed] = runScore(
  'story-score',
  ...[...sets, 'seed-story.json'].map(at),
  '--no-determinism',
);
const [related] = runScore('related-score', at('stories-googlenews.jsonl'));

const percent = (share) => `${Math.round(share * 100)} %`;
const rows = [
  ['four real days: of the stories told by two or more, right', percent(once.right), once.right >= 0.85],
  ['…, mixed · wrong', `${percent(once.mixed)} · ${percent(once.wrong)}`, once.wrong <= 0.05],
  ['…, of the true ones found', percent(once.found), once.found >= 0.74],
  ['…, pairwise F1 · BCubed F1', `${once.f1} · ${once.b3}`, once.b3 >= 0.9],
  [
    'the same, asked every 50 articles: right · wrong',
    `${percent(often.right)} · ${percent(often.wrong)}`,
    often.right >= 0.83 && often.wrong <= 0.08,
  ],
  [
    'headlines with snippets: pairwise F1 · BCubed F1',
    `${snippets.f1} · ${snippets.b3}`,
    snippets.f1 >= 0.87 && snippets.b3 >= 0.91,
  ],
  ['headlines alone', `${titles.f1} · ${titles.b3}`, titles.f1 >= 0.74 && titles.b3 >= 0.79],
  ['pairs in Russian · in English: F1', `${russian.f1} · ${english.f1}`, russian.f1 >= 0.81 && english.f1 >= 0.87],
  ['five stories of one event, within a language: F1', `${seed.sameLanguageF1}`, seed.sameLanguageF1 === 1],
  ['related articles: P@5', `${related.p}`, related.p >= 0.95],
];
const table = [
  '| stories on labelled news | reaches |',
  '|---|---|',
  ...rows.map(([what, reaches]) => `| ${what} | ${reaches} |`),
];
console.log(table.join('\n'));
if (process.argv.includes('--results')) {
  const file = new URL('RESULTS.md', import.meta.url);
  const others = readFileSync(file, 'utf8')
    .replace(/\n\| stories on labelled news[\s\S]*?(?=\n\n|\n*$)/, '')
    .trimEnd();
  writeFileSync(file, `${others}\n\n${table.join('\n')}\n`);
}
process.exitCode = rows.every(([, , reached]) => reached) ? 0 : 1;
