/** Regular expressions of rules, on an engine that takes linear time whatever the expression and the text. */
import { expressionIn } from '../model/rule.js';

interface Expression {
  finds(text: string): boolean;
  /** The text without all that it finds. */
  cut(text: string): string;
}

export type ReadExpression = (written: string) => Expression;

/** Loads the engine, which only a site with expressions needs. */
export async function loadExpressions(): Promise<ReadExpression> {
  const { RE2JS } = await import('re2js');
  const known = new Map<string, Expression>();
  return (written) => {
    const found = known.get(written);
    if (found !== undefined) return found;
    const { source, ignoreCase } = expressionIn(written)!;
    const compiled = RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    const expression: Expression = {
      finds: (text) => compiled.test(text),
      cut: (text) => (compiled.test(text) ? compiled.matcher(text).replaceAll('') : text),
    };
    known.set(written, expression);
    return expression;
  };
}

/** What is wrong with an expression, `/…/`; null: nothing. */
export async function expressionProblem(written: string): Promise<string | null> {
  const read = await loadExpressions();
  try {
    read(written);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  }
}
