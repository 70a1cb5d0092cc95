/** What machines made of an article, in XML feeds: named as a contributor, its texts in the terms of Dublin Core. */
import type { Entry, EntryMachine } from '../model/channel.js';
import { xmlAttribute, xmlText } from '../text/xml.js';

/** `translate (machine translation)`: who contributed it, so that nobody takes it for the publisher's. */
export function machineName({ by, as }: Pick<EntryMachine, 'by' | 'as'>): string {
  return `${by} (machine ${as})`;
}

/** Of texts beside the publisher's words, each with its language; of words in their place, the publisher's own headline. */
export function machineElements({ machine = [] }: Entry): string {
  return machine
    .map(({ title, summary, language, original }) =>
      original === undefined
        ? term('alternative', title, language) + term('abstract', summary, language)
        : term('alternative', original.title, original.language),
    )
    .join('');
}

/** https://www.dublincore.org/specifications/dublin-core/dcmi-terms/: another title, "such as a translation"; a summary. */
function term(name: 'alternative' | 'abstract', text: string | null, language: string | null): string {
  if (text === null) return '';
  const lang = language === null ? '' : ` xml:lang="${xmlAttribute(language)}"`;
  return `<dcterms:${name} xmlns:dcterms="http://purl.org/dc/terms/"${lang}>${xmlText(text)}</dcterms:${name}>\n`;
}
