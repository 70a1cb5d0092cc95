/** What the names of encodings mean in practice: the labels of the WHATWG Encoding Standard where they differ from what is written, and how to decode each. */
import iconv from 'iconv-lite';

/** Labels that stand for a larger encoding (WHATWG Encoding 4.2): whoever says the left one uses the right one. */
const SUPERSETS: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  iso8859_1: 'windows-1252',
  'iso8859-1': 'windows-1252',
  iso88591: 'windows-1252',
  latin1: 'windows-1252',
  'latin-1': 'windows-1252',
  l1: 'windows-1252',
  ascii: 'windows-1252',
  'us-ascii': 'windows-1252',
  'ansi_x3.4-1968': 'windows-1252',
  'iso-8859-9': 'windows-1254',
  latin5: 'windows-1254',
  'iso-8859-11': 'windows-874',
  'tis-620': 'windows-874',
  gb2312: 'gb18030',
  gb_2312: 'gb18030',
  'gb_2312-80': 'gb18030',
  'x-gbk': 'gb18030',
  gbk: 'gb18030',
  'x-sjis': 'shift_jis',
  sjis: 'shift_jis',
  'windows-31j': 'shift_jis',
  ms_kanji: 'shift_jis',
  'x-euc-jp': 'euc-jp',
  'ks_c_5601-1987': 'euc-kr',
  ksc5601: 'euc-kr',
  'windows-949': 'euc-kr',
  'big5-hkscs': 'big5',
  'x-x-big5': 'big5',
  utf8: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  unicode: 'utf-16le',
  'utf-16': 'utf-16le',
  'ucs-2': 'utf-16le',
  'iso-10646-ucs-2': 'utf-16le',
};

/** Names that iconv-lite knows but that are no character sets of documents. */
const NOT_CHARSETS = /^(?:base64|hex|binary|internal|utf-?7.*|cesu-?8)$/;

/** The encoding that a label means, or null where it means none that we can decode. */
export function charsetOf(label: string): string | null {
  const name = label.trim().toLowerCase();
  if (name === 'utf-8') return name;
  const charset = Object.hasOwn(SUPERSETS, name) ? SUPERSETS[name]! : name;
  return !NOT_CHARSETS.test(charset) && iconv.encodingExists(charset) ? charset : null;
}

/** Whether the encoding uses more than one byte for some characters. */
export function isMultiByte(charset: string): boolean {
  return /^(?:gb|big5|euc|shift|cp9|iso-2022|hz|utf)/.test(charset);
}

export function decodeAs(bytes: Uint8Array, charset: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return charset === 'utf-8' ? buffer.toString('utf8') : iconv.decode(buffer, charset);
}

/** UTF-8 in which stray bytes are read as windows-1252, what an editor's paste leaves behind; so no character is lost. */
export function decodeMostlyUtf8(bytes: Uint8Array): string {
  const parts: string[] = [];
  let good = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(decodeAs(bytes.subarray(good, at), 'utf-8'), decodeAs(bytes.subarray(at, at + 1), 'windows-1252'));
    at += 1;
    good = at;
  }
  parts.push(decodeAs(bytes.subarray(good), 'utf-8'));
  return parts.join('');
}

/** How many multi-byte UTF-8 sequences stand in the bytes, and how many bytes belong to none. */
export function countUtf8(bytes: Uint8Array): { sequences: number; strays: number } {
  let sequences = 0;
  let strays = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 1) sequences += 1;
    if (length === 0) strays += 1;
    at += length || 1;
  }
  return { sequences, strays };
}

/** Bytes of the well-formed UTF-8 sequence at an index (Unicode table 3-7), 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const second = bytes[at + 1] ?? 0;
  const [low, high] = SECOND_BYTE[lead] ?? [0x80, 0xbf];
  if (second < low || second > high) return 0;
  for (let next = at + 2; next < at + length; next++) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

const SECOND_BYTE: Readonly<Record<number, readonly [number, number]>> = {
  224: [0xa0, 0xbf],
  237: [0x80, 0x9f],
  240: [0x90, 0xbf],
  244: [0x80, 0x8f],
};
