import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

import { fragmentsOf } from './choose-operation.ts';
import { mergeRootFields } from './merge-root-fields.ts';

/** An operation in which every response name says which field with which arguments it holds. */
export interface CanonicalOperation {
  /** The operation and its fragments, as the planner reads them. */
  readonly text: string;
  readonly operation: OperationDefinitionNode;
  readonly document: DocumentNode;
  /** The response name that a field of the client's document has in the canonical one. */
  readonly keyOf: (field: FieldNode) => string;
  /** A client's variable by the name it has in the canonical operation. */
  readonly variableNames: ReadonlyMap<string, string>;
}

/** What the executor itself calls a variable of its calls: a client's own of that name gets another. */
const takenVariable = /^(?:representations|r\d+)$/u;

/**
 * Client aliases can fall on names that the plan needs for itself (`{ id: name }` where `id` is the key), and the
 * planner merges the two without a word. Here a field without arguments keeps its own name, one with arguments gets
 * a name of its own for each set of them, and the client's aliases are put back when the answer is written. Root
 * fields of a mutation stay apart even where they are equal: each is run. `variables` say which of them there are.
 */
export function canonicalOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  fieldNames: ReadonlySet<string>,
  variables: Readonly<Record<string, unknown>>,
): CanonicalOperation {
  const keys = new Map<string, string>();
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const planned = isMutation
    ? mergeRootFields(operation, fragmentsOf(document), variables)
    : operation;
  const rootFields = new Set(
    isMutation
      ? [operation, planned].flatMap(({ selectionSet }) => fieldsOf(document, selectionSet))
      : [],
  );
  let count = 0;
  const keyOf = (field: FieldNode): string => {
    const name = field.name.value;
    const isRoot = rootFields.has(field);
    if (!isRoot && (field.arguments?.length ?? 0) === 0) return name;
    const given = [...(field.arguments ?? [])].map(print).sort().join();
    const identity = isRoot
      ? `${field.alias?.value ?? name}:${name}(${given})`
      : `${name}(${given})`;
    const known = keys.get(identity);
    if (known !== undefined) return known;
    let key: string;
    do {
      count += 1;
      key = `${name}_${count}`;
    } while (fieldNames.has(key));
    keys.set(identity, key);
    return key;
  };
  const variableNames = new Map(
    (operation.variableDefinitions ?? []).map(({ variable }, index) => {
      const name = variable.name.value;
      return [name, takenVariable.test(name) ? `variable_${index}` : name] as const;
    }),
  );
  const own: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      planned,
      ...document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION),
    ],
  };
  const text = print(
    visit(own, {
      // On the way out: keys are asked of the client's own nodes, whose arguments are not renamed yet.
      Field: {
        enter(field) {
          const key = keyOf(field);
          const alias =
            key === field.name.value ? undefined : { kind: Kind.NAME as const, value: key };
          return { ...field, alias };
        },
      },
      SelectionSet: {
        leave(selectionSet) {
          // An object of which nothing is left is still an object: the plan must ask whether it is there.
          return selectionSet.selections.every(isConditional)
            ? { ...selectionSet, selections: [...selectionSet.selections, typeNameField] }
            : undefined;
        },
      },
      Variable: (variable) => {
        const name = variableNames.get(variable.name.value);
        return name === undefined || name === variable.name.value
          ? undefined
          : { ...variable, name: { ...variable.name, value: name } };
      },
    }),
  );
  return { text, operation, document, keyOf, variableNames };
}

const typeNameField: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
};

function isConditional({ directives }: SelectionNode): boolean {
  return directives?.some(({ name }) => name.value === 'skip' || name.value === 'include') ?? false;
}

function fieldsOf(document: DocumentNode, selectionSet: SelectionSetNode): FieldNode[] {
  return selectionSet.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(document, selection.selectionSet);
    const fragment = document.definitions.find(
      (definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION &&
        definition.name.value === selection.name.value,
    );
    return fragment?.kind === Kind.FRAGMENT_DEFINITION
      ? fieldsOf(document, fragment.selectionSet)
      : [];
  });
}
