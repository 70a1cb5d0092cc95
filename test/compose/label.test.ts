import { expect, it } from 'vitest';
import { topicLabel } from '../../src/compose/label.js';

it.each([
  ['Sea', 'uk', 'Sea'],
  [' ', 'uk', 'sea'],
  [{ en: 'Sea', uk: 'Море' }, 'uk', 'Море'],
  [{ en: 'Sea', pt: 'Mar' }, 'pt-BR', 'Mar'],
  [{ de: 'Meer', en: 'Sea' }, 'fr', 'Sea'],
  [{ fr: 'Mer', de: 'Meer' }, 'uk', 'Meer'],
  [{}, 'uk', 'sea'],
])('%j in %s is %s', (label, language, wanted) => expect(topicLabel({ id: 'sea', label }, language)).toBe(wanted));
