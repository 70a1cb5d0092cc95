/** Detects the language of a text statistically; the detector is loaded on first use. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { eld } from 'eld/extrasmall';

let detector: typeof eld | null = null;

/**
 * ISO 639-1 where the detector is confident of one language, else null. The first call loads its smallest table into memory, so
 * call it only where script and function words do not decide.
 */
export function detectLanguage(text: string): string | null {
  detector ??= loadDetector();
  const result = detector.detect(text.slice(0, 600));
  return result.language !== '' && result.isReliable() ? result.language : null;
}

/** `require` of an ES module (Node 20.19), since cleaning is synchronous and most runs do not need the detector. */
function loadDetector(): typeof eld {
  const path = fileURLToPath(import.meta.resolve('eld/extrasmall'));
  return (createRequire(import.meta.url)(path) as { eld: typeof eld }).eld;
}
