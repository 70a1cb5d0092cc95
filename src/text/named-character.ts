/** What `&…;` stands for in HTML (13.5), asked of htmlparser2's own table. */
import { Tokenizer } from './tokenizer.js';

/** Only so many are remembered: a document cannot fill the memory. */
const REMEMBERED = 500;
const known = new Map<string, string | null>();

/** The text of a reference, given without `&` and `;`: `amp`, `#8217`, `#x2019`. Null where HTML has none of that name. */
export function namedCharacter(name: string): string | null {
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = askFor(name);
  if (known.size < REMEMBERED) known.set(name, found);
  return found;
}

function askFor(name: string): string | null {
  let decoded = '';
  let rest = false;
  const nothing = (): void => {};
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true },
    {
      ontextentity: (code) => {
        decoded += String.fromCodePoint(code);
      },
      ontext: () => {
        rest = true;
      },
      onattribdata: nothing,
      onattribentity: nothing,
      onattribend: nothing,
      onattribname: nothing,
      oncdata: nothing,
      onclosetag: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onend: nothing,
      onopentagend: nothing,
      onopentagname: nothing,
      onprocessinginstruction: nothing,
      onselfclosingtag: nothing,
    },
  );
  tokenizer.write(`&${name};`);
  tokenizer.end();
  return rest || decoded === '' ? null : decoded;
}
