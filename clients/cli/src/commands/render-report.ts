/** A report for people: one figure a line, named by the way to it. Reports hold names of ours, figures and rows. */
export function renderReport(report: object): string {
  return figuresOf(JSON.parse(JSON.stringify(report)), [])
    .map(([way, text]) => `${way.padEnd(66)} ${text}\n`)
    .join('');
}

function figuresOf(value: unknown, way: readonly string[]): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[way.join(' / '), String(value)]];
  const entries = Object.entries(value) as [string, unknown][];
  const rows = 'rows' in value && Array.isArray(value.rows) ? value.rows : null;
  if (rows !== null && 'count' in value) {
    const where = `${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}`;
    const more = rows.length < Number(value.count) ? ', …' : '';
    return [[way.join(' / '), `${String(value.count)} (${where}${more})`]];
  }
  if (entries.length === 0) return [[way.join(' / '), 'none']];
  return entries.flatMap(([name, inner]) => figuresOf(inner, [...way, name]));
}
