import {
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isListType,
  isNullableType,
  isObjectType,
} from 'graphql';
import { requiredArguments } from './required-arguments.ts';
import { directivesOf, isDirective } from './subgraph-model.ts';

/** More would test the limits of the query, not the answer. */
const maxFields = 300;

/**
 * A selection of what a type can tell, down to `depth`, as text with braces. Left out: what other subgraphs
 * have to send along (`@external`, `@requires`), and what takes arguments that cannot be thought of.
 */
export function selectFields(type: GraphQLObjectType, depth: number): string {
  let left = maxFields;
  const select = (inner: GraphQLObjectType, levels: number): string => {
    const parts = ['__typename'];
    for (const field of Object.values(inner.getFields())) {
      if (left <= 0) break;
      const isForeign = directivesOf(field).some(
        (node) => isDirective(node, 'external') || isDirective(node, 'requires'),
      );
      const given = requiredArguments(field);
      if (isForeign || given === null || field.name.startsWith('_')) continue;
      const call = given === '' ? field.name : `${field.name}(${given})`;
      const target = getNamedType(field.type);
      if (isLeafType(target)) {
        left -= 1;
        parts.push(call);
      } else if (isObjectType(target) && levels > 0) {
        left -= 1;
        parts.push(`${call} ${select(target, levels - 1)}`);
      }
    }
    return `{ ${parts.join(' ')} }`;
  };
  return select(type, depth);
}

/** The fields that can say "nothing": nullable ones and lists; of an unknown key they must. */
export function selectFacts(type: GraphQLObjectType, except: ReadonlySet<string>): string {
  const parts = Object.values(type.getFields()).flatMap((field) => {
    const isForeign = directivesOf(field).some(
      (node) => isDirective(node, 'external') || isDirective(node, 'requires'),
    );
    const given = requiredArguments(field);
    if (except.has(field.name) || isForeign || given === null) return [];
    if (!isNullableType(field.type)) return [];
    const call = given === '' ? field.name : `${field.name}(${given})`;
    const target = getNamedType(field.type);
    if (isLeafType(target)) return [call];
    // An object below could be a stub of somebody else's; of a list it counts whether it is empty.
    return isObjectType(target) && isListType(field.type) ? [`${call} { __typename }`] : [];
  });
  return parts.slice(0, maxFields).join(' ');
}
