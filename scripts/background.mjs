#!/usr/bin/env node
/**
 * Regenerates `src/cluster/terms/background/tables.bin`, the frequencies of stems by language, after a change of `src/text/stem.ts` or of
 * the word lists: `node scripts/background.mjs FOLDER [dist]`. FOLDER holds `small_<language>.msgpack.gz` of wordfreq
 * (https://github.com/rspeer/wordfreq, `wordfreq/data`); `dist` is the folder of the compiled package.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gunzipSync } from 'node:zlib';

const languages = 'ar cs da de el en es fa fi fr he hi hu id it ja lt lv nb nl pl pt ro ru sk sl sv tr uk vi zh';
/** Rarer words than this (decibels: -44 is 40 in a million, -50 ten) are left out; missing words count as rare. */
const rarest = { en: -50, ru: -50 };
const rarestElsewhere = -44;

const [folder, dist = 'dist'] = process.argv.slice(2);
if (!folder) throw new Error('usage: node scripts/background.mjs FOLDER [dist]');
const { normalizeWord, stopwords } = await import(pathToFileURL(path.resolve(dist, 'text/words.js')).href);
const { foldDiacritics, stemmerOf } = await import(pathToFileURL(path.resolve(dist, 'text/stem.js')).href);

// The file: a line of JSON, language → [offset from the end of that line, length], then the tables, each compressed.
const index = {};
const tables = [];
let place = 0;
for (const language of languages.split(' ')) {
  const table = pack(decibelsOf(frequenciesOfStems(language), rarest[language] ?? rarestElsewhere));
  const bytes = brotliCompressSync(table);
  index[language] = [place, bytes.length];
  tables.push(bytes);
  place += bytes.length;
}
writeFileSync(
  'src/cluster/terms/background/tables.bin',
  Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...tables]),
);

function frequenciesOfStems(language) {
  const [, ...centibels] = unpack(gunzipSync(readFileSync(`${folder}/small_${language}.msgpack.gz`)));
  const stemmer = stemmerOf(language);
  const stop = stopwords(language);
  const sums = new Map();
  centibels.forEach((words, centibel) => {
    for (const raw of words) {
      const word = normalizeWord(raw, language);
      const stem = foldDiacritics(stemmer(word));
      if (stem === '' || stop.has(word) || !/^[\p{L}\p{M}]+$/u.test(stem)) continue;
      sums.set(stem, (sums.get(stem) ?? 0) + 10 ** (-centibel / 100));
    }
  });
  return sums;
}

function decibelsOf(sums, least) {
  const rounded = [...sums].map(([stem, share]) => [stem, Math.round(10 * Math.log10(share))]);
  return rounded.filter(([, decibel]) => decibel >= least).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * A table has two lines. First the stems in code-unit order, prefix-compressed: a capital for the number of UTF-16 units shared with the
 * previous stem (A: none), then the rest. Second one character for each stem, its rarity: code 64 (@) plus its decibels without sign.
 */
function pack(stems) {
  let before = '';
  let line = '';
  for (const [stem] of stems) {
    let shared = 0;
    while (shared < 25 && shared < before.length && stem[shared] === before[shared]) shared += 1;
    line += String.fromCharCode(65 + shared) + stem.slice(shared);
    before = stem;
  }
  return `${line}\n${stems.map(([, decibel]) => String.fromCharCode(64 - decibel)).join('')}\n`;
}

/** A reader for the part of MessagePack that these lists use: arrays, strings, maps, small numbers. */
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
