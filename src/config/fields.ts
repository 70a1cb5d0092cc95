/** Fields that several parts of the config have. */
import { z } from '../model/zod.js';
import { LONGEST_ID } from '../text/url/source-id.js';
import { isLanguage, isPhrase } from './values.js';

export const id = () =>
  z
    .string()
    .regex(/^[a-z0-9-]+$/, { error: 'an id has only a-z, 0-9 and "-"' })
    .max(LONGEST_ID, { error: `an id has at most ${LONGEST_ID} characters: it names files` });

export const filled = () => z.string().refine((value) => value.trim() !== '', { error: 'must not be empty' });

export const phrase = () => z.string().refine(isPhrase, { error: 'an empty phrase: it has no letter and no digit' });

export const phrases = () => z.array(phrase());

export const language = () =>
  z.string().refine(isLanguage, { error: 'not a BCP 47 language tag, such as en or pt-BR' });
