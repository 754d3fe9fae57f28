import { type ConstDirectiveNode, type DocumentNode, visit } from 'graphql';
import { type DirectiveNames, featureOf } from './directive-names.ts';
import { SupergraphProblem } from './supergraph-problem.ts';

const accessControl =
  'asks for access control, but the file links no specification that says so; serving it would show protected fields to everybody';
const context = 'passes @fromContext arguments, which would arrive empty';

/** What each feature means when nobody carries it out: by the last part of its `@link` address. */
const unenforced: Readonly<Record<string, string>> = { context, fromContext: context };

/** Enforced by the gate where they are linked; used without a link they would be overlooked. */
const enforced: ReadonlySet<string> = new Set(['authenticated', 'requiresScopes', 'policy']);

/**
 * Refuses a supergraph whose directives promise what this gateway does not do. It looks at the links and at
 * the directives themselves: a file whose `@link` was taken out would otherwise be served without them.
 */
export function refuseUnenforcedFeatures(document: DocumentNode, names: DirectiveNames): void {
  const problems = new Set<string>();
  visit(document, {
    Directive(directive) {
      // In a schema every directive is a constant one; the visitor's type covers operations too.
      const problem = problemOf(directive as ConstDirectiveNode, names);
      if (problem) problems.add(problem);
    },
  });
  if (problems.size === 0) return;
  throw new SupergraphProblem(
    [
      'The supergraph cannot be served as it is:',
      ...[...problems].map((text) => `  - ${text}`),
    ].join('\n'),
  );
}

function problemOf(directive: ConstDirectiveNode, names: DirectiveNames): string | undefined {
  const name = directive.name.value;
  if (name === 'link' || name === 'core') {
    const feature = featureOf(directive);
    const why = feature === undefined ? undefined : unenforced[feature];
    return why === undefined ? undefined : `@${feature} ${why}`;
  }
  if (name === 'join__field') {
    const given = new Set(directive.arguments?.map((argument) => argument.name.value));
    if (given.has('overrideLabel')) {
      return '@override(label:) moves a field step by step, which this gateway does not do: it would always ask the old owner; use @override without a label';
    }
    return given.has('contextArguments') ? `@fromContext ${context}` : undefined;
  }
  const plain = name.replace(/^.*__/u, '');
  if (enforced.has(plain) && names.get(plain) !== name) return `@${plain} ${accessControl}`;
  const why = unenforced[plain];
  return why === undefined ? undefined : `@${plain} ${why}`;
}
