/** Damages documents for fuzz tests. Numbers select the positions, so that fast-check can shrink them. */
import fc from 'fast-check';

/** `at`, `to` and `seed` are fractions of the choices. */
interface Blow {
  readonly kind: keyof typeof WAYS;
  readonly at: number;
  readonly to: number;
  readonly seed: number;
}

const WAYS = {
  flip: (body: Buffer, { at, seed }: Blow) => {
    const copy = Buffer.from(body);
    if (copy.length > 0) copy[index(at, copy.length)]! ^= 1 << Math.floor(seed * 8);
    return copy;
  },
  overwrite: (body: Buffer, { at, seed }: Blow) => {
    const copy = Buffer.from(body);
    if (copy.length > 0) copy[index(at, copy.length)] = Math.floor(seed * 256);
    return copy;
  },
  truncate: (body: Buffer, { at }: Blow) => body.subarray(0, index(at, body.length)),
  behead: (body: Buffer, { at }: Blow) => body.subarray(index(at, Math.min(body.length, 400))),
  remove: (body: Buffer, blow: Blow) => {
    const [from, to] = range(body, blow);
    return Buffer.concat([body.subarray(0, from), body.subarray(to)]);
  },
  repeat: (body: Buffer, blow: Blow) => {
    const [from, to] = range(body, blow);
    const times = 1 + Math.floor(blow.seed * 8);
    return Buffer.concat([
      body.subarray(0, to),
      ...Array<Buffer>(times).fill(body.subarray(from, to)),
      body.subarray(to),
    ]);
  },
  duplicateTag: (body: Buffer, { at, to }: Blow) => insert(body, findTag(body, at), index(to, body.length)),
  moveTag: (body: Buffer, { at, to }: Blow) => {
    const tag = findTag(body, at);
    const from = body.indexOf(tag);
    return insert(
      Buffer.concat([body.subarray(0, from), body.subarray(from + tag.length)]),
      tag,
      index(to, body.length),
    );
  },
  dropTag: (body: Buffer, { at }: Blow) => {
    const tag = findTag(body, at);
    const from = body.indexOf(tag);
    return Buffer.concat([body.subarray(0, from), body.subarray(from + tag.length)]);
  },
  plant: (body: Buffer, { at, seed }: Blow) =>
    insert(body, Buffer.from(SEEDS[index(seed, SEEDS.length)]!), index(at, body.length)),
};

/** Fragments that may break parsers. */
const SEEDS = [
  ...[
    '<',
    '&',
    ']]>',
    '<![CDATA[',
    '<!--',
    '-->',
    '<?xml ',
    '<!DOCTYPE a [',
    '<!ENTITY x "y">',
    '&x;',
    '&#0;',
    '&#xD800;',
  ],
  ...[
    '&#1114112;',
    '&nbsp',
    '<_/>',
    '<__proto__>',
    '</item>',
    '<item>',
    '<entry>',
    '</',
    '="',
    "='",
    ' xmlns="" ',
    ' xml:base="::" ',
  ],
  ...[
    '\0',
    '\ufeff',
    '\u2028',
    '\ufffe',
    '{"',
    '"}',
    '[[[',
    '<a:b:c>',
    '<channel>',
    '</channel></rss>',
    ' type="xhtml" ',
  ],
];

function index(fraction: number, length: number): number {
  return Math.min(Math.floor(fraction * length), Math.max(0, length - 1));
}

/** At most a tenth of it. */
function range(body: Buffer, { at, to }: Blow): [number, number] {
  const from = index(at, body.length);
  return [from, Math.min(body.length, from + index(to, Math.ceil(body.length / 10)))];
}

function findTag(body: Buffer, fraction: number): Buffer {
  const from = body.indexOf('<', index(fraction, body.length));
  if (from < 0) return Buffer.alloc(0);
  const end = body.indexOf('>', from);
  return body.subarray(from, end < 0 ? body.length : end + 1);
}

function insert(body: Buffer, part: Buffer, at: number): Buffer {
  return Buffer.concat([body.subarray(0, at), part, body.subarray(at)]);
}

const fraction = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** A few mutations, one after the other. */
export const anyDamage: fc.Arbitrary<(body: Buffer) => Buffer> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...(Object.keys(WAYS) as Blow['kind'][])),
      at: fraction,
      to: fraction,
      seed: fraction,
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((blows) => (body) => blows.reduce((now, blow) => WAYS[blow.kind](now, blow), body));
