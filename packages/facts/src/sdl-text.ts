/** A description as SDL writes one. */
export function described(text: string, indent = ''): string {
  return `${indent}${JSON.stringify(text)}\n`;
}

/** Directives that name institutions, one each. */
export function ownedBy(owners: readonly string[]): string {
  return owners.map((owner) => `@owner(partner: ${JSON.stringify(owner)})`).join(' ');
}

/** Directives that name special categories, one each, with a space before them. */
export function tells(categories: readonly string[]): string {
  return categories
    .map((category) => ` @sensitive(category: ${JSON.stringify(category)})`)
    .join('');
}
