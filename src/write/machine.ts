/** Writes machine-made texts in XML feeds: a contributor, and texts in the terms of Dublin Core. */
import type { Entry, EntryMachine } from '../model/channel.js';
import { xmlAttribute, xmlText } from '../text/xml.js';

/** The contributor's name, such as `translate (machine translation)`, which marks the text as machine-made. */
export function machineName({ by, as }: Pick<EntryMachine, 'by' | 'as'>): string {
  return `${by} (machine ${as})`;
}

/** Texts next to the publisher's, each with its language, or the publisher's headline if a text replaces it. */
export function machineElements({ machine = [] }: Entry): string {
  return machine
    .map(({ title, summary, language, original }) =>
      original === undefined
        ? term('alternative', title, language) + term('abstract', summary, language)
        : term('alternative', original.title, original.language),
    )
    .join('');
}

/** Terms of https://www.dublincore.org/specifications/dublin-core/dcmi-terms/: another title; a summary. */
function term(name: 'alternative' | 'abstract', text: string | null, language: string | null): string {
  if (text === null) return '';
  const lang = language === null ? '' : ` xml:lang="${xmlAttribute(language)}"`;
  return `<dcterms:${name} xmlns:dcterms="http://purl.org/dc/terms/"${lang}>${xmlText(text)}</dcterms:${name}>\n`;
}
