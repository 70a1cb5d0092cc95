/** Decodes a document to text. A label that the bytes contradict gives a warning. */
import { isUtf8 } from 'node:buffer';
import { ParseError } from '../../model/errors.js';
import { PARSE_LIMITS } from '../limits.js';
import { collectWarnings, type Warnings } from '../warnings.js';
import { countUtf8, decodeBytes, decodeMostlyUtf8, isMultiByte, resolveCharset } from './charsets.js';
import { type Declaration, HTML_DECLARATION, XML_DECLARATION } from './declarations.js';
import { undoDoubleEncoding } from './double-encoding.js';

export interface DecodedText {
  readonly text: string;
  readonly warnings: readonly string[];
}

/** @param contentType as received, for its charset (RFC 9110 8.3). @throws {ParseError} PARSE_LIMIT */
export function decodeDocument(body: Uint8Array | string, contentType: string | null): DecodedText {
  return decode(body, contentType, XML_DECLARATION);
}

/** Decodes a page, which may declare its encoding in `<meta charset>`. @throws {ParseError} PARSE_LIMIT */
export function decodeHtml(body: Uint8Array, contentType: string | null): DecodedText {
  return decode(body, contentType, HTML_DECLARATION);
}

function decode(body: Uint8Array | string, contentType: string | null, declaration: Declaration): DecodedText {
  const warnings = collectWarnings();
  checkSize(body.length);
  const text =
    typeof body === 'string'
      ? body.replace(/^\ufeff/, '')
      : replaceControls(
          fixDoubleEncoding(decodeByEvidence(body, contentType, declaration, warnings), warnings),
          warnings,
        );
  checkSize(text.length);
  return { text, warnings: warnings.list() };
}

function checkSize(size: number): void {
  const most = PARSE_LIMITS.documentBytes;
  if (size <= most) return;
  throw new ParseError('PARSE_LIMIT', `the document is larger than ${most / 1024 / 1024} MB`, { details: { size } });
}

function decodeByEvidence(
  body: Uint8Array,
  contentType: string | null,
  { place, findLabel: labelIn }: Declaration,
  warnings: Warnings,
): string {
  const marked = findByteOrderMark(body);
  if (marked) return decodeBytes(body.subarray(marked.length), marked.charset);
  const pattern = PATTERNS.find(({ bytes }) => hasPrefix(body, bytes))?.charset ?? null;
  if (pattern) return decodeBytes(body, pattern);

  const header = checkCharset(parseCharsetLabel(contentType), 'Content-Type', warnings);
  const declared = checkCharset(
    // Pages should declare their encoding within 1,024 bytes. Some do it later.
    labelIn(Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, 2048)).toString('latin1')),
    place,
    warnings,
  );
  if (isUtf8(body)) return decodeValidUtf8(body, header, declared, warnings);
  const legacy = [header, declared].find((charset) => charset !== null && charset !== 'utf-8') ?? null;
  const label = header ?? declared;
  if (label === 'utf-8' && legacy) warnings.add(`labelled utf-8, but read as ${legacy}: the bytes are not UTF-8`);
  return legacy ? decodeBytes(body, legacy) : decodeUnlabelled(body, warnings);
}

interface BytePattern {
  readonly bytes: readonly number[];
  readonly charset: string;
}

/** Longest first: the mark of UTF-32LE begins with that of UTF-16LE. */
const BYTE_ORDER_MARKS: readonly BytePattern[] = [
  { bytes: [0x00, 0x00, 0xfe, 0xff], charset: 'utf-32be' },
  { bytes: [0xff, 0xfe, 0x00, 0x00], charset: 'utf-32le' },
  { bytes: [0xef, 0xbb, 0xbf], charset: 'utf-8' },
  { bytes: [0xfe, 0xff], charset: 'utf-16be' },
  { bytes: [0xff, 0xfe], charset: 'utf-16le' },
];

/** `<` (XML 1.0 appendix F) and `{` (JSON) without a byte order mark. */
const PATTERNS: readonly BytePattern[] = [0x3c, 0x7b].flatMap((first) => [
  { bytes: [0, 0, 0, first], charset: 'utf-32be' },
  { bytes: [first, 0, 0, 0], charset: 'utf-32le' },
  { bytes: [0, first], charset: 'utf-16be' },
  { bytes: [first, 0], charset: 'utf-16le' },
]);

function findByteOrderMark(body: Uint8Array): { charset: string; length: number } | null {
  const mark = BYTE_ORDER_MARKS.find(({ bytes }) => hasPrefix(body, bytes));
  if (!mark) return null;
  const length = mark.bytes.length;
  if (mark.charset === 'utf-8' && !isUtf8(body)) {
    const { sequences, strays } = countUtf8(body.subarray(length));
    if (strays > sequences) return { charset: 'windows-1252', length };
  }
  return { charset: mark.charset, length };
}

function hasPrefix(body: Uint8Array, bytes: readonly number[]): boolean {
  return body[0] === bytes[0] && bytes.every((byte, index) => body[index] === byte);
}

function parseCharsetLabel(contentType: string | null): string | null {
  return /charset\s*=[\s"']*([^\s"';,]+)/i.exec(contentType ?? '')?.[1] ?? null;
}

/** Rejects UTF-16 and UTF-32: their documents are already recognised by mark or pattern. */
function checkCharset(label: string | null, place: string, warnings: Warnings): string | null {
  if (label === null) return null;
  const charset = resolveCharset(label);
  if (charset === null) warnings.add(`${place} names an unknown encoding: ${label.slice(0, 40)}`);
  else if (/^(?:utf-?16|utf-?32|ucs)/.test(charset))
    warnings.add(`${place} declares ${charset}, but the bytes are not`);
  else return charset;
  return null;
}

/** Fewer multi-byte characters may be valid UTF-8 by chance. */
const MORE_THAN_CHANCE = 12;

/** For well-formed UTF-8. A multi-byte label wins only if the text may be valid UTF-8 by chance. */
function decodeValidUtf8(body: Uint8Array, header: string | null, declared: string | null, warnings: Warnings): string {
  const label = header ?? declared ?? 'utf-8';
  const text = decodeBytes(body, 'utf-8');
  if (label === 'utf-8') return text;
  if (isMultiByte(label) && countUtf8(body).sequences < MORE_THAN_CHANCE) return decodeBytes(body, label);
  if (text.length !== body.length) warnings.add(`labelled ${label}, but read as utf-8`);
  return text;
}

function decodeUnlabelled(body: Uint8Array, warnings: Warnings): string {
  const { sequences, strays } = countUtf8(body);
  if (sequences >= strays) {
    warnings.add('bytes that are not UTF-8 were read as windows-1252');
    return decodeMostlyUtf8(body);
  }
  warnings.add('read as windows-1252: the bytes are not UTF-8');
  return decodeBytes(body, 'windows-1252');
}

function fixDoubleEncoding(text: string, warnings: Warnings): string {
  const once = undoDoubleEncoding(text);
  if (once === null) return text;
  warnings.add('encoded twice in UTF-8, and decoded twice');
  return once;
}

/** C1 control characters are windows-1252 that was copied byte by byte. */
function replaceControls(text: string, warnings: Warnings): string {
  if (!/[\x80-\x9f]/.test(text)) return text;
  warnings.add('control characters were read as windows-1252');
  return text.replace(/[\x80-\x9f]/g, (control) => {
    const meant = decodeBytes(Buffer.from(control, 'latin1'), 'windows-1252');
    return meant === control || meant === '\ufffd' ? '' : meant;
  });
}
