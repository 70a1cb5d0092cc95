/** Compiles regular expressions of rules with an engine that takes linear time for any expression and text. */
import { parseExpression } from '../model/rule.js';

interface Expression {
  matches(text: string): boolean;
  /** Removes all matches from the text. */
  cut(text: string): string;
}

export type ReadExpression = (written: string) => Expression;

/** Loads the engine, which is needed only if a site has expressions. */
export async function loadExpressions(): Promise<ReadExpression> {
  const { RE2JS } = await import('re2js');
  const known = new Map<string, Expression>();
  return (written) => {
    const found = known.get(written);
    if (found !== undefined) return found;
    const { source, ignoreCase } = parseExpression(written)!;
    const compiled = RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    const expression: Expression = {
      matches: (text) => compiled.test(text),
      cut: (text) => (compiled.test(text) ? compiled.matcher(text).replaceAll('') : text),
    };
    known.set(written, expression);
    return expression;
  };
}

/** The syntax error in an expression, `/…/`; null: valid. */
export async function expressionProblem(written: string): Promise<string | null> {
  const read = await loadExpressions();
  try {
    read(written);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  }
}
