import type { ConstDirectiveNode } from 'graphql';
import { createFinding } from '../create-finding.ts';
import type { Bilingual, Finding } from '../finding.ts';
import type { Judged } from '../judged.ts';
import { findUnsafeRequires } from '../reading/find-unsafe-requires.ts';
import { plainName } from '../reading/machinery.ts';
import { whereOf } from './where-of.ts';

const context: Bilingual = {
  en: 'Take @context and @fromContext out, and ask for the value with @requires.',
  it: 'Togliere @context e @fromContext e chiedere il valore con @requires.',
};

const noEffect: Bilingual = {
  en: 'Take it out: it has no effect here.',
  it: 'Toglierla: qui non ha effetto.',
};

/** What to do instead of each feature that the gateway does not carry out. */
const instead: ReadonlyMap<string, Bilingual> = new Map([
  ['context', context],
  ['fromContext', context],
  ['cacheTag', noEffect],
  ['connect', noEffect],
  ['source', noEffect],
]);

const withoutLabel: Bilingual = {
  en: 'Use @override without a label; the whole field moves at once.',
  it: 'Usare @override senza label; il campo passa tutto in una volta.',
};

/** Directives the gateway would ignore, and `@requires` it could answer wrongly. */
export function findUnexecutedFeatures(judged: Judged): Finding[] {
  const found = judged.definitions.flatMap(({ coordinate, node }) =>
    (node.directives ?? []).flatMap((directive) => {
      const fix = fixOf(directive);
      if (!fix) return [];
      const name = `@${plainName(directive.name.value)}`;
      const detail = { en: `It is ${name}.`, it: `È ${name}.` };
      return [createFinding('FEATURE_NOT_EXECUTED', { coordinate, at: directive, detail, fix })];
    }),
  );
  const unsafe = judged.graph ? findUnsafeRequires(judged.graph.document) : [];
  return [
    ...found,
    ...unsafe.map(({ coordinate, why }) =>
      createFinding('REQUIRES_UNSAFE', {
        ...whereOf(judged, coordinate),
        detail: { en: `It ${why}.`, it: `(${why})` },
      }),
    ),
  ];
}

function fixOf(directive: ConstDirectiveNode): Bilingual | undefined {
  const name = plainName(directive.name.value);
  const hasLabel = directive.arguments?.some((argument) => argument.name.value === 'label');
  if (name === 'override' && hasLabel) return withoutLabel;
  return instead.get(name);
}
