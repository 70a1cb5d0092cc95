// Measures the speed of tagging by number of phrases: node bench/tag.mjs [dist]
// Articles of about 900 characters from 30,000 invented words with natural frequencies, on one core. Exits with 1 below the target.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = path.resolve(process.argv[2] ?? 'dist');
const { createTagger } = await import(pathToFileURL(path.join(folder, 'tag/tag.js')).href);

const target = 8_000; // articles per second with 10,000 phrases
const slowdown = 2.5; // maximum, from 100 to 10,000 phrases

let seed = 20_260_301;
const random = () => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return seed / 0x80000000;
};
const pick = (list) => list[Math.floor(random() * list.length)];

const syllables = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu bra cle dri flo gru pla ste tri'.split(
  ' ',
);
const endings = ['', '', '', 's', 'ing', 'ed', 'tion', 'ly', 'er', 'ment'];
const invented = () => {
  const word = Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(syllables)).join('') + pick(endings);
  return random() < 0.15 ? word[0].toUpperCase() + word.slice(1) : word;
};
const distinct = new Set();
while (distinct.size < 30_000) distinct.add(invented());
const vocabulary = [...distinct];
// Zipf: the frequency of the word with rank r is proportional to 1/r.
const word = () => vocabulary[Math.floor(vocabulary.length ** random()) - 1];

const articles = Array.from({ length: 3_000 }, () => {
  let body = '';
  while (body.length < 850) body += `${word()}${random() < 0.06 ? '. ' : random() < 0.1 ? ', ' : ' '}`;
  return { title: Array.from({ length: 8 }, word).join(' '), bodyText: body, language: 'en' };
});

// Editors list rare words, alone or in pairs.
const rare = () => vocabulary[3_000 + Math.floor(random() * 27_000)];
const createTopics = (phrases) =>
  Array.from({ length: phrases / 20 }, (_, number) => ({
    id: `topic-${number}`,
    any: Array.from({ length: 20 }, () => (random() < 0.5 ? rare() : `${rare()} ${rare()}`)),
  }));

const measureSeconds = (run) => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

const rows = [100, 1_000, 10_000].map((phrases) => {
  const topics = createTopics(phrases);
  let tagger;
  const build = measureSeconds(() => {
    tagger = createTagger(topics);
    tagger.tag(articles[0]);
  });
  let tags = 0;
  const once = () => {
    for (const article of articles) tags += tagger.tag(article).length;
  };
  const cold = Math.round(articles.length / measureSeconds(once));
  const warm = Math.round((3 * articles.length) / measureSeconds(() => [1, 2, 3].forEach(once)));
  return {
    phrases,
    'build s': Number(build.toFixed(3)),
    cold,
    warm,
    'tags per article': Number((tags / articles.length / 4).toFixed(2)),
  };
});
console.log(
  `articles per CPU-second, ${Math.round(articles.reduce((sum, { title, bodyText }) => sum + title.length + bodyText.length, 0) / articles.length)} characters each, Node ${process.version}`,
);
console.table(rows);
const [few, , many] = rows;
if (many.warm < target || few.warm / many.warm > slowdown) {
  console.error(
    `below the target of ${target} articles/s at 10,000 phrases, at most ${slowdown} times slower than at 100`,
  );
  process.exit(1);
}
