/** Reads an OPML file, as feed readers export it, as a list of sources. */

import { isAddress } from '../model/address.js';
import { readXmlDecoded } from '../text/markup.js';
import { sourceIdOf } from './source-id.js';
import { type ConfigFile, type Mistake, placesIn } from './yaml.js';

interface OpmlOutline {
  readonly url: string;
  readonly title: string | undefined;
  readonly offset: number;
}

/** Every outline with an `xmlUrl` becomes a source with its title; an address that recurs (in another folder) counts once. */
export function readOpml(name: string, text: string): ConfigFile {
  const placeOf = placesIn(text);
  const outlines = outlinesOf(text);
  const none: Mistake = { ...placeOf(0), path: [], message: 'no feed in it: no <outline> has an xmlUrl' };
  return {
    name,
    value: withIds(outlines),
    mistakes: outlines.length === 0 ? [none] : [],
    filledIn: [],
    place: ([index]) => placeOf(outlines[Number(index)]?.offset ?? 0),
    written: ([index, key]) => {
      const outline = outlines[Number(index)];
      return key === 'url' ? outline?.url : key === 'title' ? outline?.title : undefined;
    },
  };
}

function outlinesOf(text: string): OpmlOutline[] {
  const found = new Map<string, OpmlOutline>();
  readXmlDecoded(text, {
    open(name, attributes, _, offset) {
      const url = attributes.xmlurl?.trim();
      if (name.toLowerCase() !== 'outline' || url === undefined || url === '' || found.has(url)) return;
      const title = (attributes.title || attributes.text)?.trim() || undefined;
      found.set(url, { url, title, offset });
    },
    close: () => {},
    text: () => {},
  });
  return [...found.values()];
}

/** OPML has no ids: where two addresses give the same id, later ones get a number. */
function withIds(outlines: readonly OpmlOutline[]) {
  const seen = new Map<string, number>();
  return outlines.map(({ url, title }) => {
    if (!isAddress(url)) return { url, ...(title && { title }) };
    const id = sourceIdOf(url);
    const nth = (seen.get(id) ?? 0) + 1;
    seen.set(id, nth);
    return { id: nth === 1 ? id : `${id}-${nth}`, url, ...(title && { title }) };
  });
}
