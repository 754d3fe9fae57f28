import type { JsonObject } from '../json-object.ts';
import type { SubgraphReply } from '../subgraph-source.ts';
import type { Fetch } from './fetch-step.ts';

/** The same question about entities of one subgraph, from one step or several. */
export interface EntityQuestion {
  /** The name its list has in the answer. */
  readonly name: string;
  readonly step: Fetch;
  /** The JSON of each reference, each once, and who wants to know of it. */
  readonly wanted: ReadonlyMap<string, readonly Asker[]>;
}

/** A question of which it is not yet known how much of it is to be asked. */
export interface OpenQuestion {
  readonly step: Fetch;
  readonly wanted: Map<string, Asker[]>;
}

/** Those of which something is to be asked, each with its name: one alone has that of the field. */
export function nameQuestions(
  questions: readonly Pick<EntityQuestion, 'step' | 'wanted'>[],
): readonly EntityQuestion[] {
  const asked = questions.filter(({ wanted }) => wanted.size > 0);
  const isOne = asked.length === 1;
  return asked.map(({ step, wanted }, index) => ({
    name: isOne ? '_entities' : `r${index}`,
    step,
    wanted,
  }));
}

/** Those of a call that say nothing because others of it failed as a whole, which made all of its data `null`. */
export function lostWithOthers(
  questions: readonly EntityQuestion[],
  { data, errors }: SubgraphReply,
): readonly EntityQuestion[] {
  if (data !== null) return [];
  const failed = new Set<unknown>();
  for (const { path } of errors) {
    // What names no list as a whole may be about all of them.
    if (path?.length !== 1 || !questions.some(({ name }) => name === path[0])) return [];
    failed.add(path[0]);
  }
  return failed.size > 0 ? questions.filter(({ name }) => !failed.has(name)) : [];
}

/** Objects that an entity's fields go to. */
export interface Asker {
  readonly step: Fetch;
  readonly targets: readonly JsonObject[];
}

/** The body that asks everything in one call. */
export function writeEntityCall(
  questions: readonly EntityQuestion[],
  variables: Readonly<Record<string, unknown>>,
): string {
  const definitions = new Map<string, string>();
  let fields = '';
  let values = '';
  for (const { name, step, wanted } of questions) {
    const variable = name === '_entities' ? 'representations' : name;
    definitions.set(variable, `$${variable}:[_Any!]!`);
    for (const [used, definition] of step.variables) definitions.set(used, definition);
    const call = `_entities(representations:$${variable})${step.selection}`;
    fields += name === '_entities' ? call : ` ${name}:${call}`;
    values += `${values === '' ? '' : ','}"${variable}":[${[...wanted.keys()].join()}]`;
  }
  const text = `query(${[...definitions.values()].join()}){${fields.trimStart()}}`;
  return `{"query":${JSON.stringify(text)},"variables":{${values}${writeVariables(questions, variables)}}}`;
}

/** The body that asks the root. */
export function writeRootCall(step: Fetch, variables: Readonly<Record<string, unknown>>): string {
  const definitions = [...step.variables.values()].join();
  const kind = step.isQuery ? 'query' : 'mutation';
  const head = definitions === '' ? (step.isQuery ? '' : kind) : `${kind}(${definitions})`;
  const query = JSON.stringify(`${head}${step.selection}`);
  const given = writeGiven(step.variables.keys(), variables);
  return given === '' ? `{"query":${query}}` : `{"query":${query},"variables":{${given}}}`;
}

function writeVariables(
  questions: readonly EntityQuestion[],
  variables: Readonly<Record<string, unknown>>,
): string {
  const names = new Set(questions.flatMap(({ step }) => [...step.variables.keys()]));
  const given = writeGiven(names, variables);
  return given === '' ? '' : `,${given}`;
}

/** Only those the client gave: the others have their defaults where they are defined. */
function writeGiven(names: Iterable<string>, variables: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const name of names) {
    if (!Object.hasOwn(variables, name)) continue;
    // Nothing where the value is `undefined`, whatever the types say.
    const value = JSON.stringify(variables[name]) as string | undefined;
    if (value !== undefined) {
      text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${value}`;
    }
  }
  return text;
}
