import type { CallOptions } from './conversation.ts';
import { dataOf, type HttpAnswer, isRecord } from './http-answer.ts';
import { selectFields } from './select-fields.ts';
import type { PagedList } from './subgraph-model.ts';
import type { Trial } from './trial.ts';

/** One page of a list as it was asked, and what came. */
export interface ReadPage {
  readonly sent: string;
  readonly answer: HttpAnswer;
  /** Null = no page came. */
  readonly nodes: readonly unknown[] | null;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
  readonly totalCount: number | null;
}

/** Asks for a page; `depth` says how much of each node. `first` absent = as many as the list gives. */
export async function readPage(
  { talk, callerOf }: Trial,
  list: PagedList,
  page: { readonly first?: number; readonly after?: string; readonly depth?: number },
  options?: CallOptions,
): Promise<ReadPage> {
  const { first, after, depth = 0 } = page;
  const inner = list.node === null ? '{ __typename }' : selectFields(list.node, depth);
  const nodes = list.hasNodes ? `nodes ${inner}` : `edges { node ${inner} }`;
  const total = list.hasTotalCount ? 'totalCount' : '';
  const size = first === undefined ? '' : 'first: $first, ';
  const call = `${list.name}(${list.arguments}${size}after: $after)`;
  const declared = first === undefined ? '($after: String)' : '($first: Int, $after: String)';
  const query = `query ${declared} { ${call} { ${nodes} pageInfo { hasNextPage endCursor } ${total} } }`;
  const variables = {
    ...(first === undefined ? {} : { first }),
    ...(after === undefined ? {} : { after }),
  };
  const words = [
    first === undefined ? '' : `first: ${first}`,
    after === undefined ? '' : 'after: …',
  ];
  const sent = `${list.name}(${words.filter(Boolean).join(', ')})`;
  const answer = await talk.ask(sent, query, variables, { caller: callerOf(list), ...options });
  return { sent, answer, ...pageOf(answer, list) };
}

function pageOf(
  answer: HttpAnswer,
  list: PagedList,
): Pick<ReadPage, 'nodes' | 'hasNextPage' | 'endCursor' | 'totalCount'> {
  const connection = dataOf(answer)?.[list.name];
  if (!isRecord(connection)) {
    return { nodes: null, hasNextPage: false, endCursor: null, totalCount: null };
  }
  const { nodes, edges, pageInfo, totalCount } = connection;
  const found = Array.isArray(nodes)
    ? (nodes as unknown[])
    : Array.isArray(edges)
      ? edges.map((edge: unknown) => (isRecord(edge) ? edge['node'] : null))
      : null;
  const info = isRecord(pageInfo) ? pageInfo : {};
  return {
    nodes: found,
    hasNextPage: info['hasNextPage'] === true,
    endCursor: typeof info['endCursor'] === 'string' ? info['endCursor'] : null,
    totalCount: typeof totalCount === 'number' ? totalCount : null,
  };
}
