// How fast articles are tagged, by number of phrases: node bench/tag.mjs [compiled folder, default dist]
// Articles of about 900 characters, made up of 30,000 invented words as frequent as words are; one core. Exit 1 below the target.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = path.resolve(process.argv[2] ?? 'dist');
const { createTagger } = await import(pathToFileURL(path.join(folder, 'tag/tag.js')).href);

const target = 8_000; // articles a second at 10,000 phrases
const slowdown = 2.5; // from 100 phrases to 10,000, at most

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
// Zipf: the word of rank r comes up in proportion to 1/r.
const word = () => vocabulary[Math.floor(vocabulary.length ** random()) - 1];

const articles = Array.from({ length: 3_000 }, () => {
  let body = '';
  while (body.length < 850) body += `${word()}${random() < 0.06 ? '. ' : random() < 0.1 ? ', ' : ' '}`;
  return { title: Array.from({ length: 8 }, word).join(' '), bodyText: body, language: 'en' };
});

// What an editor lists are rare words, alone or two together.
const rare = () => vocabulary[3_000 + Math.floor(random() * 27_000)];
const topicsOf = (phrases) =>
  Array.from({ length: phrases / 20 }, (_, number) => ({
    id: `topic-${number}`,
    any: Array.from({ length: 20 }, () => (random() < 0.5 ? rare() : `${rare()} ${rare()}`)),
  }));

const secondsOf = (run) => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

const rows = [100, 1_000, 10_000].map((phrases) => {
  const topics = topicsOf(phrases);
  let tagger;
  const build = secondsOf(() => {
    tagger = createTagger(topics);
    tagger.tag(articles[0]);
  });
  let tags = 0;
  const once = () => {
    for (const article of articles) tags += tagger.tag(article).length;
  };
  const cold = Math.round(articles.length / secondsOf(once));
  const warm = Math.round((3 * articles.length) / secondsOf(() => [1, 2, 3].forEach(once)));
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
