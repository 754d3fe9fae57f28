import { customScalar, enumName, enumValues, type Field, inputName } from './graph.ts';

export function renderField(field: Field): string {
  const args = field.args.map(
    (arg) => `${arg.name}: ${arg.type}${arg.default === undefined ? '' : ` = ${arg.default}`}`,
  );
  return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}: ${field.type}`;
}

/** The enum, the scalar and the input type, where they are spoken of. */
export function renderLeafTypes(mentioned: ReadonlySet<string>): string[] {
  const parts: string[] = [];
  const isAsked = mentioned.has(inputName);
  if (isAsked || mentioned.has(enumName))
    parts.push(`enum ${enumName} { ${enumValues.join(' ')} }`);
  if (mentioned.has(customScalar)) parts.push(`scalar ${customScalar}`);
  if (isAsked) parts.push(`input ${inputName} { limit: Int = 5 colors: [${enumName}!] = [BLUE] }`);
  return parts;
}
