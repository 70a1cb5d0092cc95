/** The language detector, loaded when it is first asked. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { eld } from 'eld/extrasmall';

let detector: typeof eld | null = null;

/**
 * ISO 639-1 of a text that reads reliably as one language, else null. The first call reads the detector's smallest table
 * (about 0.2 s and 35 MB of heap): ask only what script and function words leave open.
 */
export function detectLanguage(text: string): string | null {
  detector ??= loadDetector();
  const result = detector.detect(text.slice(0, 600));
  return result.language !== '' && result.isReliable() ? result.language : null;
}

/** `require` of a module (Node 20.19): cleaning is synchronous, and most runs never need this. */
function loadDetector(): typeof eld {
  const path = fileURLToPath(import.meta.resolve('eld/extrasmall'));
  return (createRequire(import.meta.url)(path) as { eld: typeof eld }).eld;
}
