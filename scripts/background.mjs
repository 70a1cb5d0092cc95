#!/usr/bin/env node
/**
 * Regenerates `src/cluster/terms/background/<language>.json`, the stem frequencies by language. Run it after a change of
 * `src/text/stem.ts` or of the word lists: `node scripts/background.mjs FOLDER [dist]`. FOLDER contains
 * `small_<language>.msgpack.gz` of wordfreq (https://github.com/rspeer/wordfreq, `wordfreq/data`).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

const languages = 'ar cs da de el en es fa fi fr he hi hu id it ja lt lv nb nl pl pt ro ru sk sl sv tr uk vi zh';
/** Omits words that are rarer than this (decibels: -43 is 50 in a million, -49 thirteen). Missing words count as rare. */
const rarest = { en: -49, ru: -49 };
const rarestElsewhere = -43;
const SLOTS_A_STEM = 128;

const [folder, dist = 'dist'] = process.argv.slice(2);
if (!folder) throw new Error('usage: node scripts/background.mjs FOLDER [dist]');
const { normalizeWord, stopwords } = await import(pathToFileURL(path.resolve(dist, 'text/words.js')).href);
const { foldDiacritics, stemmerOf } = await import(pathToFileURL(path.resolve(dist, 'text/stem.js')).href);
const { termOf } = await import(pathToFileURL(path.resolve(dist, 'cluster/terms/term.js')).href);

for (const language of languages.split(' ')) {
  const stems = toDecibels(frequenciesOfStems(language), rarest[language] ?? rarestElsewhere);
  const text = tableText(SLOTS_A_STEM * stems.length, decibelsBySlot(language, stems));
  writeFileSync(`src/cluster/terms/background/${language}.json`, text);
}

/** JSON with one line per decibel, the rarest first. SOURCE.md describes the format. */
function tableText(slots, decibels) {
  const rows = [...new Set(decibels.values())]
    .sort((a, b) => a - b)
    .map((decibel) => {
      const occupied = [...decibels].flatMap(([slot, one]) => (one === decibel ? [slot] : [])).sort((a, b) => a - b);
      return `  "${decibel}": ${JSON.stringify(occupied)}`;
    });
  return `{\n "slots": ${slots},\n "decibels": {\n${rows.join(',\n')}\n }\n}\n`;
}

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

function toDecibels(sums, least) {
  const rounded = [...sums].map(([stem, share]) => [stem, Math.round(10 * Math.log10(share))]);
  return rounded.filter(([, decibel]) => decibel >= least);
}

/**
 * Tables contain hashes of stems instead of text. Each stem is spread over 128 slots, so one rare word in 128 shares a slot with a
 * common one. The most common stem of a slot counts.
 */
function decibelsBySlot(language, stems) {
  const slots = SLOTS_A_STEM * stems.length;
  const commonest = new Map();
  for (const [stem, decibel] of stems) {
    const slot = Math.floor(((termOf(language, stem) >>> 0) * slots) / 2 ** 32);
    commonest.set(slot, Math.max(decibel, commonest.get(slot) ?? decibel));
  }
  return commonest;
}

/** Reads the subset of MessagePack that these lists use: arrays, strings, maps, small numbers. */
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
