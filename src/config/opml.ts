/** Reads an OPML file, as feed readers export it, as a list of sources, with its folders as topics. */

import { isAddress } from '../model/address.js';
import { type OpmlFolder, type OpmlOutline, opmlOutlines } from '../text/opml.js';
import { sourceIdOf } from '../text/url/source-id.js';
import { type ConfigFile, type Mistake, placesIn } from './yaml.js';

export interface OpmlFile extends ConfigFile {
  readonly value: readonly {
    readonly id?: string;
    readonly url: string;
    readonly title?: string;
    readonly topics?: readonly string[];
  }[];
  /** Folders with feeds in them, the outer ones first. */
  readonly folders: readonly OpmlFolder[];
}

/** Every outline with an `xmlUrl` becomes a source with its title; an address that recurs (in another folder) counts once. */
export function readOpml(name: string, text: string): OpmlFile {
  const placeOf = placesIn(text);
  const { outlines, folders } = opmlOutlines(text);
  const none: Mistake = { ...placeOf(0), path: [], message: 'no feed in it: no <outline> has an xmlUrl' };
  return {
    name,
    value: withIds(outlines),
    folders,
    mistakes: outlines.length === 0 ? [none] : [],
    filledIn: [],
    place: ([index]) => placeOf(outlines[Number(index)]?.offset ?? 0),
    written: ([index, key]) => {
      const outline = outlines[Number(index)];
      return key === 'url' ? outline?.url : key === 'title' ? outline?.title : undefined;
    },
  };
}

/** OPML has no ids: where two addresses give the same id, later ones get a number. */
function withIds(outlines: readonly OpmlOutline[]) {
  const seen = new Map<string, number>();
  return outlines.map(({ url, title, topics }) => {
    const more = { ...(title && { title }), ...(topics.size > 0 && { topics: [...topics] }) };
    if (!isAddress(url)) return { url, ...more };
    const id = sourceIdOf(url);
    const nth = (seen.get(id) ?? 0) + 1;
    seen.set(id, nth);
    return { id: nth === 1 ? id : `${id}-${nth}`, url, ...more };
  });
}
