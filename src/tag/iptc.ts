/** Checks ids of IPTC Media Topics in the config. The table contains its release and licence (CC BY 4.0, IPTC). */
import { readFileSync } from 'node:fs';

interface Concept {
  readonly id: string;
  readonly label: string;
  /** null: not retired; else the nearest ancestor that is not, or '-' if none. */
  readonly retiredInto: string | null;
}

/** The error in an id (`medtop:20000056`); null: valid. Ids after the last of our release count as valid. */
export function iptcProblem(id: string): string | null {
  const digits = /^medtop:(\d{8})$/.exec(id)?.[1];
  if (digits === undefined)
    return 'not an IPTC Media Topic: use medtop: and eight digits, such as medtop:16000000 (conflict, war and peace)';
  const concept = concepts().get(digits);
  if (!concept) return isNewer(digits) ? null : `unknown IPTC Media Topic ${id}`;
  if (concept.retiredInto === null) return null;
  const wider = concepts().get(concept.retiredInto);
  return `IPTC retired ${id} (${concept.label})${wider ? `; use the broader medtop:${wider.id} (${wider.label})` : ''}`;
}

let conceptTable: ReadonlyMap<string, Concept> | undefined;

function concepts(): ReadonlyMap<string, Concept> {
  conceptTable ??= new Map(readConcepts().map((one) => [one.id, one]));
  return conceptTable;
}

function readConcepts(): Concept[] {
  let last = 0;
  const lines = readFileSync(new URL('./iptc.tsv', import.meta.url), 'utf8').split('\n');
  return lines
    .filter((line) => /^\d*\t/.test(line))
    .map((line) => {
      const [id, label, retiredInto] = line.split('\t');
      last = Number(id) || last + 1;
      return { id: String(last).padStart(8, '0'), label: label!, retiredInto: retiredInto ?? null };
    });
}

function isNewer(digits: string): boolean {
  const last = [...concepts().keys()].sort().at(-1)!;
  return digits > last && digits.startsWith(last.slice(0, 2));
}
