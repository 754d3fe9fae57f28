import {
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import type { Fault } from './faults.ts';
import type { InProcessSubgraph, ReadSite } from './subgraph.ts';

type Json = Record<string | number, unknown>;

/** One answer of a subgraph and what is to happen to it. */
export interface Damageable {
  readonly subgraph: InProcessSubgraph;
  readonly call: number;
  readonly query: string;
  readonly answer: Readonly<Record<string, unknown>>;
  readonly reads: readonly ReadSite[];
  readonly faults: readonly Fault[];
  /** Answers once more, with the fields failing that are to fail. */
  again(): Promise<Record<string, unknown>>;
}

/** What is left of the answer, `undefined` for none, and what was lost by it. */
export interface Damaged {
  readonly answer: Readonly<Record<string, unknown>> | undefined;
  readonly lost: readonly LostRead[];
}

/** A value that was read and did not reach the gateway as it is. */
export interface LostRead extends ReadSite {
  /** The answer says by nothing that it was lost: it could be so. */
  readonly isSilent: boolean;
}

export async function damage(target: Damageable): Promise<Damaged> {
  const { faults, reads, answer } = target;
  if (faults.length === 0) return { answer, lost: [] };
  const failsFields = faults.some((fault) => fault.kind === 'field-error');
  const damaged = failsFields ? await target.again() : structuredClone(answer);
  const lost = new Set<ReadSite>();
  const silent = new Set<ReadSite>();
  const everything = () => reads.map((read) => ({ ...read, isSilent: false }));
  for (const fault of faults) {
    if ('call' in fault) {
      if (fault.call !== target.call) continue;
      if (fault.kind === 'down') return { answer: undefined, lost: everything() };
      if (fault.kind === 'empty') return { answer: {}, lost: everything() };
      if (resizeEntities(target.query, damaged, fault.kind))
        for (const read of reads) lost.add(read);
    } else if (fault.kind === 'field-error') {
      for (const read of reads) {
        const isIt = read.identity === fault.identity && read.field === fault.field;
        if (isIt || !isSame(at(answer, read), at(damaged, read))) lost.add(read);
      }
    } else if ('field' in fault) {
      spoilField(target, damaged, fault, lost, silent);
    } else {
      spoilEntity(target, damaged, fault, fault.kind === 'entity-null' ? silent : lost);
    }
  }
  const all = [...lost].map((read) => ({ ...read, isSilent: false }));
  return {
    answer: damaged,
    lost: [...all, ...[...silent].map((read) => ({ ...read, isSilent: true }))],
  };
}

function resizeEntities(query: string, answer: Json, kind: 'short' | 'long'): boolean {
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return false;
  for (const node of operation.selectionSet.selections) {
    if (node.kind !== Kind.FIELD || node.name.value !== '_entities') continue;
    const data = answer['data'] as Json | null;
    const list = data?.[node.alias?.value ?? '_entities'];
    if (!Array.isArray(list) || list.length === 0) continue;
    if (kind === 'short') list.pop();
    else list.push(structuredClone(list[0]));
    return true;
  }
  return false;
}

function spoilField(
  { subgraph, reads, answer }: Damageable,
  damaged: Json,
  fault: Extract<Fault, { readonly field: string }>,
  lost: Set<ReadSite>,
  silent: Set<ReadSite>,
): void {
  const keyNames = new Set(subgraph.keyFieldNames);
  for (const read of reads) {
    if (read.identity !== fault.identity || read.field !== fault.field) continue;
    const value = at(answer, read);
    const parent = parentOf(damaged, read);
    const name = read.path.at(-1) ?? '';
    if (value === undefined || value === null || parent === undefined) continue;
    const type = typeOf(subgraph, read);
    const isNonNull = isNonNullType(type);
    if (fault.kind === 'wrong-type') {
      const wrong = type && wrongValue(type);
      if (wrong === undefined) continue;
      parent[name] = wrong;
    } else if (fault.kind === 'missing') Reflect.deleteProperty(parent, name);
    else if (isNonNull || keyNames.has(read.field)) parent[name] = null;
    // Else it is an answer like another.
    else continue;
    const isSilent = fault.kind === 'null' && !isNonNull;
    // A value that must be there takes its object with it, and that perhaps the next.
    for (const other of reads) {
      const ofEntities = reads.some((each) => each.field === '' && each.path[0] === read.path[0]);
      const sharesEntity =
        other.path[0] === read.path[0] && (!ofEntities || other.path[1] === read.path[1]);
      if (other === read || startsWith(other.path, read.path) || (isNonNull && sharesEntity))
        (isSilent ? silent : lost).add(other);
    }
  }
}

function typeOf({ schema }: InProcessSubgraph, read: ReadSite) {
  const parent = schema.getType(read.parentType);
  return isObjectType(parent) || isInterfaceType(parent)
    ? parent.getFields()[read.field]?.type
    : undefined;
}

function wrongValue(wanted: GraphQLOutputType): unknown {
  if (isListType(getNullableType(wanted))) return { wrong: true };
  const type = getNamedType(wanted);
  if (isEnumType(type)) return 'PURPLE';
  switch (type.name) {
    case 'Int':
      return 2.5;
    case 'Float':
      return 'wrong';
    case 'Boolean':
      return 'yes';
    case 'String':
    case 'ID':
      return { wrong: true };
    default:
      // Anything goes for a custom scalar.
      return 'getFields' in type || 'getTypes' in type ? 'wrong' : undefined;
  }
}

function spoilEntity(
  { reads, answer }: Damageable,
  damaged: Json,
  fault: Extract<Fault, { readonly identity: string }>,
  lost: Set<ReadSite>,
): void {
  for (const read of reads) {
    if (read.identity !== fault.identity || read.field !== '') continue;
    const parent = parentOf(damaged, read);
    const entity = at(answer, read);
    const index = read.path[1] ?? 0;
    if (parent === undefined || typeof entity !== 'object' || entity === null) continue;
    if (fault.kind === 'entity-other') {
      const shown = parent[index];
      if (typeof shown !== 'object' || shown === null || !('__typename' in shown)) continue;
      shown.__typename = 'Nobody';
    } else {
      parent[index] = null;
      if (fault.kind === 'entity-error') {
        const errors = damaged['errors'];
        damaged['errors'] = [
          ...(Array.isArray(errors) ? (errors as unknown[]) : []),
          { message: 'a fault', path: read.path },
        ];
      }
    }
    for (const other of reads) if (startsWith(other.path, read.path)) lost.add(other);
  }
}

function startsWith(path: readonly unknown[], start: readonly unknown[]): boolean {
  return start.every((part, position) => path[position] === part);
}

function at(answer: Json, read: ReadSite): unknown {
  const parent = parentOf(answer, read);
  return parent?.[read.path.at(-1) ?? ''];
}

function parentOf(answer: Json, { path }: ReadSite): Json | undefined {
  let here: unknown = answer['data'];
  for (const part of path.slice(0, -1)) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Json)[part];
  }
  return typeof here === 'object' && here !== null ? (here as Json) : undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.every((each, position) => isSame(each, other[position]));
  }
  return isObject(one) && isObject(other) ? true : one === other;
}
