/** Parses and evaluates paths into JSON: the linear-time part of JSONPath (RFC 9535). */

/** A name, an index (negative: from the end), or `*`: all members. */
type Step = { readonly name: string } | { readonly index: number } | '*';

export type JsonPath = readonly Step[];

const STEP =
  /\.?\[\s*(?:(-?\d{1,9})|(\*)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\]|\.(\*)|\.([\p{L}_][\p{L}\p{N}_-]*)/uy;

/** `$.data.items[*]`, `$["odd name"][0]`; the `$.` is optional. null: invalid. */
export function parseJsonPath(text: string): JsonPath | null {
  const path = text.trim();
  if (path === '') return null;
  const rest = path.startsWith('$') ? path.slice(1) : path.startsWith('[') ? path : `.${path}`;
  const steps: Step[] = [];
  const step = new RegExp(STEP);
  for (let at = 0; at < rest.length; at = step.lastIndex) {
    step.lastIndex = at;
    const found = step.exec(rest);
    if (found === null) return null;
    steps.push(toStep(found));
  }
  return steps;
}

function toStep([, index, star, double, single, dotStar, name]: RegExpExecArray): Step {
  if (star !== undefined || dotStar !== undefined) return '*';
  if (index !== undefined) return { index: Number(index) };
  return { name: name ?? (double ?? single)!.replace(/\\(.)/gs, '$1') };
}

/** In document order, at most `most`. Own members only. */
export function selectValues(root: unknown, path: JsonPath, most: number): unknown[] {
  return path.reduce<unknown[]>(
    (values, step) => values.flatMap((value) => selectMembers(value, step)).slice(0, most),
    [root],
  );
}

function selectMembers(value: unknown, step: Step): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (step === '*') return Array.isArray(value) ? value : Object.values(value);
  if ('name' in step)
    return !Array.isArray(value) && Object.hasOwn(value, step.name)
      ? [(value as Record<string, unknown>)[step.name]]
      : [];
  const { index } = step;
  const member: unknown = Array.isArray(value) ? value.at(index) : undefined;
  return member === undefined ? [] : [member];
}
