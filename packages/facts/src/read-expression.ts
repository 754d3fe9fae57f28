/** The only words of SQL an expression may use besides columns: it computes, and reads nothing. */
const knownWords: ReadonlySet<string> = new Set([
  ...['and', 'or', 'not', 'is', 'null', 'in', 'between', 'true', 'false'],
  ...['case', 'when', 'then', 'else', 'end'],
  ...['coalesce', 'greatest', 'least', 'nullif', 'abs', 'round', 'floor', 'ceil'],
  // Over the rows that have the same value: computed while the fact is loaded, and so of the whole load.
  ...['count', 'max', 'sum', 'over', 'partition', 'by'],
  ...['date_diff', 'isodow', 'cast', 'as', 'date', 'integer', 'double', 'boolean', 'varchar'],
]);

const token = /\s+|'[^'\\]*'|\d+(?:\.\d+)?|[A-Za-z_][A-Za-z0-9_]*|<>|<=|>=|[-+*/%=<>(),]/uy;

export type Expression =
  | { readonly kind: 'READ'; readonly sql: string; readonly columns: ReadonlySet<string> }
  | { readonly kind: 'REFUSED'; readonly reasons: readonly string[] };

/**
 * Reads an expression of a fact file: the columns it names are put in quotes, and expressions it names in their
 * place, so that what is left speaks of columns only. Anything it does not know is refused.
 */
export function readExpression(
  text: string,
  columns: ReadonlySet<string>,
  expressions: ReadonlyMap<string, { readonly sql: string; readonly columns: ReadonlySet<string> }>,
): Expression {
  const reasons: string[] = [];
  const named = new Set<string>();
  let sql = '';
  let depth = 0;
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const from = token.lastIndex;
    const found = token.exec(text)?.[0];
    if (found === undefined) {
      reasons.push(`the expression has a character it may not have at ${from + 1}`);
      break;
    }
    depth += found === '(' ? 1 : found === ')' ? -1 : 0;
    if (depth < 0) break;
    sql += /^[A-Za-z_]/u.test(found) ? word(found) : found;
  }
  if (depth !== 0) reasons.push('the expression has a parenthesis too many or too few');
  // Two signs that are allowed one by one would begin a comment together.
  if (/--|\/\*/u.test(text)) reasons.push('the expression has a comment');
  if (text.trim() === '') reasons.push('the expression is empty');
  return reasons.length > 0
    ? { kind: 'REFUSED', reasons }
    : { kind: 'READ', sql: sql.trim(), columns: named };

  function word(name: string): string {
    const expression = expressions.get(name);
    if (expression) {
      for (const column of expression.columns) named.add(column);
      return `(${expression.sql})`;
    }
    if (columns.has(name)) {
      named.add(name);
      return `"${name}"`;
    }
    if (!knownWords.has(name.toLowerCase())) {
      reasons.push(
        `the expression names ${name}, which is neither a column above it nor a function it may use`,
      );
    }
    return name;
  }
}
