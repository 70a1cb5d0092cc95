#!/usr/bin/env node
/**
 * Makes `src/cluster/background/*.txt` anew, how common the stems of a language are, after a change of `src/text/stem.ts`
 * or of the lists: `node scripts/background.mjs FOLDER [dist]`. FOLDER holds `small_<language>.msgpack.gz` of wordfreq
 * (https://github.com/rspeer/wordfreq, `wordfreq/data`); `dist` is where the compiled package lies.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

const languages = 'ar cs da de el en es fa fi fr he hi hu id it ja lt lv nb nl pl pt ro ru sk sl sv tr uk vi zh';
/** Rarer words than this (decibels: -57 is two in a million) are left out; the reader takes them for rare. */
const rarest = -57;

const [folder, dist = 'dist'] = process.argv.slice(2);
if (!folder) throw new Error('usage: node scripts/background.mjs FOLDER [dist]');
const { stopwords, wordMemo } = await import(pathToFileURL(path.resolve(dist, 'text/words.js')).href);

const header = [
  '# How common the stems of a language are: decibels (10 log10 of the share of all words), then the stems of that class.',
  '# Derived from wordfreq 3.2 by Robyn Speer, https://github.com/rspeer/wordfreq, data under CC BY-SA 4.0',
  '# (https://creativecommons.org/licenses/by-sa/4.0/); so is this file. It draws on Wikipedia, ParaCrawl, OpenSubtitles',
  '# (https://www.opensubtitles.org/), SUBTLEX (freely available, by Marc Brysbaert et al.), Google Books Ngrams',
  '# (https://books.google.com/ngrams), the Leeds Internet Corpus and others. Changed: summed by stem, without stop words',
  '# and digits, cut and rounded. Made by scripts/background.mjs.',
];

for (const language of languages.split(' ')) {
  const lines = classes(frequenciesOfStems(language)).map(([decibel, stems]) => `${decibel} ${stems.join(' ')}`);
  writeFileSync(`src/cluster/background/${language}.txt`, `${[...header, ...lines].join('\n')}\n`);
}

function frequenciesOfStems(language) {
  const [, ...centibels] = unpack(gunzipSync(readFileSync(`${folder}/small_${language}.msgpack.gz`)));
  const normal = wordMemo(language);
  const stop = stopwords(language);
  const sums = new Map();
  centibels.forEach((words, centibel) => {
    for (const raw of words) {
      const { word, stem } = normal(raw);
      if (stem === '' || stop.has(word) || !/^[\p{L}\p{M}]+$/u.test(stem)) continue;
      sums.set(stem, (sums.get(stem) ?? 0) + 10 ** (-centibel / 100));
    }
  });
  return sums;
}

/** Most common first, stems in code-unit order. */
function classes(sums) {
  const table = new Map();
  for (const [stem, share] of sums) {
    const decibel = Math.round(10 * Math.log10(share));
    if (decibel < rarest) continue;
    if (!table.has(decibel)) table.set(decibel, []);
    table.get(decibel).push(stem);
  }
  return [...table].sort((a, b) => b[0] - a[0]).map(([decibel, stems]) => [decibel, stems.sort()]);
}

/** The part of MessagePack that these lists use: arrays, strings, maps, small numbers. */
function unpack(bytes) {
  let at = 0;
  const number = (length) => {
    at += length;
    return bytes.readUIntBE(at - length, length);
  };
  const string = (length) => {
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  const array = (length) => Array.from({ length }, value);
  const map = (length) => new Map(Array.from({ length }, () => [value(), value()]));
  function value() {
    const type = number(1);
    if (type <= 0x7f) return type;
    if (type <= 0x8f) return map(type & 15);
    if (type <= 0x9f) return array(type & 15);
    if (type <= 0xbf) return string(type & 31);
    const read = {
      204: () => number(1),
      205: () => number(2),
      206: () => number(4),
      217: () => string(number(1)),
      218: () => string(number(2)),
      220: () => array(number(2)),
      221: () => array(number(4)),
    }[type];
    if (!read) throw new Error(`unknown MessagePack type 0x${type.toString(16)}`);
    return read();
  }
  return value();
}
