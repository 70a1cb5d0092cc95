/** Finds the WebSub hub in the headers of a response. */
import { isAddress } from '../model/address.js';
import type { ResponseHeaders } from '../model/fetch.js';
import type { SourceHub } from '../model/source.js';

/** WebSub 4: `Link` headers take precedence over the document. null: none. */
export function findLinkedHub(headers: ResponseHeaders, finalUrl: string): SourceHub | null {
  const links = parseLinkHeader(headers.link ?? '', finalUrl);
  const url = links.find(({ rels }) => rels.includes('hub'))?.url;
  if (url === undefined || !/^https?:/.test(url)) return null;
  return { url, topic: links.find(({ rels }) => rels.includes('self'))?.url ?? finalUrl };
}

/** RFC 8288 3: `<address>; rel="one two"`, several separated by commas. */
function parseLinkHeader(header: string, base: string): { readonly url: string; readonly rels: readonly string[] }[] {
  return [...header.matchAll(/<([^<>]*)>((?:\s*;\s*[^,;"]+(?:"[^"]*")?)*)/g)].flatMap(
    ([, target = '', parameters = '']) => {
      const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,]+))/i.exec(parameters) ?? [];
      if (!isAddress(target, base)) return [];
      return [{ url: new URL(target, base).href, rels: (quoted ?? bare ?? '').toLowerCase().split(/\s+/) }];
    },
  );
}
