/** Detects the language of a text statistically. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { eld } from 'eld/extrasmall';

let detector: typeof eld | null = null;

/** ISO 639-1; null: not reliable. The first call loads a table into memory, so try script and function words first. */
export function detectLanguage(text: string): string | null {
  detector ??= loadDetector();
  const result = detector.detect(text.slice(0, 600));
  return result.language !== '' && result.isReliable() ? result.language : null;
}

/** `require` of an ES module (Node 20.19), because cleaning is synchronous. */
function loadDetector(): typeof eld {
  const path = fileURLToPath(import.meta.resolve('eld/extrasmall'));
  return (createRequire(import.meta.url)(path) as { eld: typeof eld }).eld;
}
