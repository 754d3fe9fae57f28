import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { columnTypeOf } from './column-type.ts';
import { type ArgumentsOf, directiveArguments, type FactDirective } from './directive-arguments.ts';
import type { ColumnType, ListOnPath, OnlyItems } from './fact.ts';
import type { FactGraph } from './fact-graph.ts';

/** A place below the page's item (level 0), or below an item of the first list of rows (1), of the one in it (2)… */
interface Place {
  readonly level: number;
  readonly path: readonly string[];
  readonly lists: readonly ListOnPath[];
  /** Something on the way there tells a special category. */
  readonly isSensitive: boolean;
}

export interface ReadColumn extends Place {
  readonly name: string;
  readonly type: ColumnType;
  readonly count: { readonly only: OnlyItems | null } | null;
  readonly dimension: Omit<ArgumentsOf<'dimension'>, 'name'> | null;
  readonly measure: Omit<ArgumentsOf<'measure'>, 'name'> | null;
  readonly node: FieldNode;
  readonly coordinate: string;
}

/** Everything the fields of an operation say. */
export interface ReadSelections {
  readonly columns: readonly ReadColumn[];
  readonly unit: (Place & { readonly parent: string; readonly coordinate: string }) | null;
  readonly pagePath: readonly string[] | null;
  readonly pageInfoPath: readonly string[] | null;
  /** The field with the argument `after`. */
  readonly connection: FieldNode | null;
  /** From one list of rows to the next. */
  readonly rowSteps: readonly (readonly string[])[];
  /** How many items each of those lists is asked for; null = not said. */
  readonly rowLimits: readonly (number | null)[];
  readonly isSensitive: boolean;
  readonly owners: readonly string[];
  readonly categories: readonly string[];
}

type Report = (node: FieldNode, coordinate: string, message: string) => void;

/** Walks a validated operation; whatever does not fit is reported, and the walk goes on. */
export function readSelections(
  { schema, fields }: FactGraph,
  root: GraphQLObjectType,
  selectionSet: SelectionSetNode,
  report: Report,
): ReadSelections {
  const columns: ReadColumn[] = [];
  const rowSteps: (readonly string[])[] = [];
  const rowLimits: (number | null)[] = [];
  const owners = new Set<string>();
  const categories = new Set<string>();
  let unit: ReadSelections['unit'] = null;
  let pagePath: readonly string[] | null = null;
  let pageInfoPath: readonly string[] | null = null;
  let connection: FieldNode | null = null;
  let isSensitive = false;

  function has<D extends FactDirective>(node: FieldNode, name: D): ArgumentsOf<D> | undefined {
    return directiveArguments(schema, node, name)[0];
  }

  walk(root, selectionSet, { level: -1, path: [], lists: [], isSensitive: false }, null, false);
  const found = {
    columns,
    unit,
    pagePath,
    pageInfoPath,
    connection,
    rowSteps,
    rowLimits,
    isSensitive,
  };
  return { ...found, owners: [...owners].sort(), categories: [...categories].sort() };

  function walk(
    parent: GraphQLObjectType,
    selections: SelectionSetNode,
    place: Place,
    through: FieldNode | null,
    isOnlyCounted: boolean,
  ): void {
    const nodes = selections.selections.flatMap((each) => (each.kind === Kind.FIELD ? [each] : []));
    for (const node of nodes) {
      if (node.name.value === '__typename') continue;
      const field = parent.getFields()[node.name.value];
      if (!field) continue;
      const coordinate = `${parent.name}.${field.name}`;
      const decision = fields.get(coordinate);
      for (const owner of decision?.owners ?? []) if (owner !== 'hub') owners.add(owner);
      for (const category of decision?.categories ?? []) categories.add(category);
      const key = node.alias?.value ?? node.name.value;
      const here: Place = {
        ...place,
        path: [...place.path, key],
        isSensitive: place.isSensitive || (decision?.categories.length ?? 0) > 0,
      };
      const type = getNamedType(field.type);
      const bare = isNonNullType(field.type) ? field.type.ofType : field.type;
      if (place.level < 0 && type.name === 'PageInfo') {
        pageInfoPath = here.path;
        connection = through;
      } else if (isListType(bare)) readList(node, coordinate, here, type);
      else if (isLeafType(type))
        readLeaf(node, coordinate, here, columnTypeOf(type), parent, through, isOnlyCounted);
      else if (isObjectType(type)) descend(type, node, here, isOnlyCounted);
      else report(node, coordinate, 'a fact cannot read an interface or a union');
    }
  }

  function descend(
    type: GraphQLObjectType,
    node: FieldNode,
    place: Place,
    isOnlyCounted: boolean,
  ): void {
    if (node.selectionSet) walk(type, node.selectionSet, place, node, isOnlyCounted);
  }

  function readList(
    node: FieldNode,
    coordinate: string,
    place: Place,
    type: GraphQLNamedType,
  ): void {
    const next = (level: number): Place => ({ level, path: [], lists: [], isSensitive: false });
    const only = readOnly(node, coordinate);
    const isChosenBySensitive =
      only !== null &&
      (fields.get(`${type.name}.${fieldOf(node, only.key)}`)?.categories.length ?? 0) > 0;
    const here: Place = { ...place, isSensitive: place.isSensitive || isChosenBySensitive };
    const count = has(node, 'count');
    const isLast = has(node, 'last') !== undefined;
    const isOne = isLast || has(node, 'first') !== undefined || firstOf(node) === 1;
    if (count && here.level < 0) report(node, coordinate, '@count belongs below the page');
    else if (count) {
      const { name, description, dimension, measure } = count;
      const asDimension = { description: description ?? '', oneWay: false, sensitive: false };
      columns.push({
        ...here,
        ...{ name, type: { kind: 'INTEGER' }, count: { only }, measure: measure ?? null },
        ...{ dimension: dimension ? asDimension : null, node, coordinate },
      });
    }
    if (has(node, 'page')) {
      if (here.level >= 0 || pagePath) {
        report(node, coordinate, 'one list comes page by page, and lies in no other list');
        return;
      }
      pagePath = here.path;
      isSensitive ||= here.isSensitive;
      if (isObjectType(type)) descend(type, node, next(0), false);
    } else if (has(node, 'rows')) {
      if (here.level < 0 || rowSteps.length !== here.level || here.lists.length > 0 || only) {
        report(
          node,
          coordinate,
          '@rows belongs on one list below the page, or on one in the rows above it; no @only and no list of which one item counts on the way',
        );
        return;
      }
      rowSteps.push(here.path);
      rowLimits.push(firstOf(node));
      isSensitive ||= here.isSensitive;
      if (isObjectType(type)) descend(type, node, next(here.level + 1), false);
    } else if (here.level < 0) {
      report(node, coordinate, 'only the list that comes page by page, @page, is read here');
    } else if (isOne && isObjectType(type)) {
      const lists = [
        ...here.lists,
        { at: here.path.length - 1, only, take: isLast ? 'LAST' : 'FIRST' } as const,
      ];
      descend(type, node, { ...here, lists }, false);
    } else if (count) {
      if (isObjectType(type)) descend(type, node, here, true);
    } else {
      report(
        node,
        coordinate,
        'a list is @page, @rows, @count, @first or @last (or asked for with first: 1)',
      );
    }
  }

  function readOnly(node: FieldNode, coordinate: string): OnlyItems | null {
    const only = has(node, 'only');
    if (!only) return null;
    const isAskedFor = node.selectionSet?.selections.some(
      (each) =>
        each.kind === Kind.FIELD &&
        each.selectionSet === undefined &&
        (each.alias?.value ?? each.name.value) === only.field,
    );
    if (!isAskedFor)
      report(node, coordinate, `@only looks at ${only.field}, which is not asked for below it`);
    return { key: only.field, is: only.is ?? null };
  }

  function readLeaf(
    node: FieldNode,
    coordinate: string,
    here: Place,
    type: ColumnType | undefined,
    parent: GraphQLObjectType,
    through: FieldNode | null,
    isOnlyCounted: boolean,
  ): void {
    const [column, dimension, measure] = [
      has(node, 'column'),
      has(node, 'dimension'),
      has(node, 'measure'),
    ];
    if (has(node, 'unit')) {
      if (unit || here.level < 0 || isOnlyCounted)
        report(node, coordinate, 'one reference below the page is the @unit');
      else unit = { ...here, parent: parent.name, coordinate };
    }
    if (!column && !dimension && !measure) {
      // Of a list that is counted something has to be asked for.
      const isNeeded =
        has(node, 'unit') !== undefined ||
        isOnlyCounted ||
        (through !== null &&
          (has(through, 'count') !== undefined ||
            has(through, 'only')?.field === here.path.at(-1)));
      if (!isNeeded) report(node, coordinate, 'it is asked for, and no column or count uses it');
      return;
    }
    if (here.level < 0 || isOnlyCounted) {
      report(node, coordinate, 'a column lies below the page, and in no list that is only counted');
    } else if (!type) {
      report(node, coordinate, 'no column can hold a value of this type');
    } else {
      const name =
        dimension?.name ?? measure?.name ?? column?.name ?? node.alias?.value ?? node.name.value;
      columns.push({
        ...here,
        name,
        type,
        count: null,
        dimension: dimension ?? null,
        measure: measure ?? null,
        node,
        coordinate,
      });
    }
  }
}

/** The field behind a response key directly below another. */
function fieldOf(node: FieldNode, key: string): string {
  const found = node.selectionSet?.selections.find(
    (each) => each.kind === Kind.FIELD && (each.alias?.value ?? each.name.value) === key,
  );
  return found?.kind === Kind.FIELD ? found.name.value : key;
}

/** The literal size a list is asked for. */
function firstOf(node: FieldNode): number | null {
  const first = node.arguments?.find(({ name }) => name.value === 'first')?.value;
  return first?.kind === Kind.INT ? Number(first.value) : null;
}
