import { type GraphQLLeafType, isEnumType } from 'graphql';
import { isWritableJson } from '../is-writable-json.ts';
import { type Hidden, hide, type Write } from './writing.ts';

/** The specification's result coercion, of values that came as JSON. */
export function compileLeaf(type: GraphQLLeafType, hidden: Hidden): Write {
  if (isEnumType(type)) {
    const texts = new Map(type.getValues().map(({ name }) => [name, JSON.stringify(name)]));
    return (value, writing) => {
      if (typeof value !== 'string') return undefined;
      return (
        texts.get(value) ?? (hidden.hasEnumValue(type.name, value) ? hide(writing) : undefined)
      );
    };
  }
  switch (type.name) {
    case 'String':
      return (value) => (typeof value === 'string' ? writeString(value) : undefined);
    case 'ID':
      return (value) => {
        if (typeof value === 'string') return writeString(value);
        return Number.isInteger(value) ? `"${String(value)}"` : undefined;
      };
    case 'Boolean':
      return (value) => (typeof value === 'boolean' ? String(value) : undefined);
    case 'Int':
      // 32 bits, as the specification says.
      return (value) =>
        typeof value === 'number' && (value | 0) === value ? String(value | 0) : undefined;
    case 'Float':
      return (value) => (Number.isFinite(value) ? JSON.stringify(value) : undefined);
    default:
      return (value) => (isWritableJson(value) ? JSON.stringify(value) : undefined);
  }
}

/** What JSON writes in another way than it is: quotes, backslashes, control characters, and halves of characters. */
const needsEscape = /["\\\p{Cc}\p{Cs}]/u;

function writeString(value: string): string {
  return needsEscape.test(value) ? JSON.stringify(value) : `"${value}"`;
}
