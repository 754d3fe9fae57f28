import { readFoundingDocument } from '@tavolo/schemas';
import { Kind, OperationTypeNode, parse } from 'graphql';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type Coordinator, logInCoordinator, readDocuments } from './coordinator.ts';
import { nextWeek } from './next-week.ts';
import { waitForFacts } from './wait-for-facts.ts';

const { lines } = await readFoundingDocument();
const documents = await readDocuments();
const operationOf = (name: string) => {
  const [operation] = parse(documents.get(name) ?? '{ none }').definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? [definition] : [],
  );
  if (!operation) throw new Error(`${name} has no operation`);
  return operation;
};
const named = [...new Set(lines.flatMap((line) => line.documents))].sort();

/** What a coordinator would give; each document takes those it declares. */
const given: Readonly<Record<string, unknown>> = {
  year: 2026,
  district: 'PARMA',
  isoWeek: nextWeek,
  validOn: '2026-11-22',
  on: '2026-11-22',
  date: '2026-11-22',
  from: '2026-01-01',
  to: '2026-12-31',
  first: 20,
  months: 3,
  ids: ['I1-meetings', 'I2-protocols', 'continuity-to-sai'],
  areas: ['PROVINCE'],
  period: { year: 2025 },
  compared: { year: 2024 },
  yearBefore: 2024,
  group: 'ASYLUM_SEEKER',
};

let coordinator: Coordinator;
beforeAll(async () => {
  coordinator = await logInCoordinator(inject('sharedHub'));
  await waitForFacts(coordinator);
});

describe('each line of the founding document is served', () => {
  it('by documents that exist', () => {
    expect(named.filter((name) => !documents.has(name))).toEqual([]);
    expect(lines.map(({ section }) => section)).toEqual(
      expect.arrayContaining(['5', '6', '8', '9']),
    );
  });

  const questions = named.filter((name) => operationOf(name).operation === OperationTypeNode.QUERY);
  it.each(questions)('by %s, which the hub answers without an error', async (name) => {
    const variables = Object.fromEntries(
      (operationOf(name).variableDefinitions ?? []).flatMap(({ variable, type, defaultValue }) => {
        const key = variable.name.value;
        if (key in given) return [[key, given[key]]];
        const isNeeded = type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;
        if (isNeeded) throw new Error(`${name} asks for $${key}, which this journey does not give`);
        return [];
      }),
    );
    const answer = await coordinator.run<Record<string, unknown>>(name, variables);
    expect(answer.errors).toBeUndefined();
    expect(Object.values(answer.data).length).toBeGreaterThan(0);
  });
});
