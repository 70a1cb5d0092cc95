/** Compiles regular expressions of rules with an engine that takes linear time for any expression and text. */
import { ConfigError } from '../model/errors.js';
import { parseExpression } from '../model/rule.js';

interface Expression {
  matches(text: string): boolean;
  /** Removes all matches from the text. */
  cut(text: string): string;
}

export type ReadExpression = (written: string) => Expression;

/** Instructions of a compiled expression: the time for a character is at most proportional to them. */
const MOST_INSTRUCTIONS = 1000;
/** Milliseconds for all expressions together: a proposed rule must not occupy CI for minutes. */
const MOST_MILLISECONDS = 60_000;

/**
 * Loads the engine, which is needed only if a site has expressions. Reading and matching throw ConfigError once the
 * expressions of the result took a minute.
 * @param elapsed milliseconds of a clock
 */
export async function loadExpressions(elapsed: () => number): Promise<ReadExpression> {
  const { RE2JS } = await import('re2js');
  const known = new Map<string, Expression>();
  let spent = 0;
  const measure = <T>(written: string, use: () => T): T => {
    const began = elapsed();
    const result = use();
    spent += elapsed() - began;
    if (spent > MOST_MILLISECONDS) throw createTimeError(written);
    return result;
  };
  return (written) => {
    const found = known.get(written);
    if (found !== undefined) return found;
    const { source, ignoreCase } = parseExpression(written)!;
    const compiled = measure(written, () => RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0));
    if (compiled.programSize() > MOST_INSTRUCTIONS) throw new Error(TOO_LARGE);
    const expression: Expression = {
      matches: (text) => measure(written, () => compiled.test(text)),
      cut: (text) => measure(written, () => (compiled.test(text) ? compiled.matcher(text).replaceAll('') : text)),
    };
    known.set(written, expression);
    return expression;
  };
}

const TOO_LARGE = 'too large; repeat fewer times ({1,900} counts 900 times), or write several expressions';

function createTimeError(written: string): ConfigError {
  const message = `the expressions of the rules took more than ${MOST_MILLISECONDS / 1000} s; simplify them, first ${written}`;
  return new ConfigError('CONFIG_INVALID', [{ file: 'config', line: 0, column: 0, path: 'rules', message }]);
}

/** The error in an expression, `/…/`; null: valid. */
export async function expressionProblem(written: string): Promise<string | null> {
  const read = await loadExpressions(() => 0);
  try {
    read(written);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  }
}
