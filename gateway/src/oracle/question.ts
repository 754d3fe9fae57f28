/** An operation, whole: so that shrinking can take away one piece at a time. */
export interface Question {
  readonly type: 'query' | 'mutation';
  readonly selections: readonly Selection[];
  readonly fragments: readonly {
    readonly name: string;
    readonly on: string;
    readonly selections: readonly Selection[];
  }[];
  readonly variables: readonly Variable[];
}

export interface Variable {
  readonly name: string;
  readonly type: string;
  /** A literal. */
  readonly default?: string;
  /** Not given where absent. */
  readonly value?: unknown;
}

export type Selection =
  | {
      readonly kind: 'field';
      readonly name: string;
      readonly alias?: string;
      readonly args: readonly { readonly name: string; readonly value: string }[];
      readonly directives: readonly string[];
      readonly selections: readonly Selection[];
    }
  | {
      readonly kind: 'inline';
      readonly on?: string;
      readonly directives: readonly string[];
      readonly selections: readonly Selection[];
    }
  | { readonly kind: 'spread'; readonly name: string; readonly directives: readonly string[] };

export function renderQuestion(question: Question): string {
  const used = new Set<string>();
  const spread = new Set<string>();
  const fragments = new Map(question.fragments.map((each) => [each.name, each]));
  const body = renderSet(question.selections);
  const rendered = new Map<string, string>();
  for (let size = -1; size !== spread.size; ) {
    size = spread.size;
    for (const name of spread) {
      const fragment = fragments.get(name);
      if (fragment && !rendered.has(name)) {
        rendered.set(name, `fragment ${name} on ${fragment.on} ${renderSet(fragment.selections)}`);
      }
    }
  }
  const variables = question.variables
    .filter(({ name }) => used.has(name))
    .map(
      (each) =>
        `$${each.name}: ${each.type}${each.default === undefined ? '' : ` = ${each.default}`}`,
    );
  const head =
    variables.length > 0 ? `${question.type} Drawn(${variables.join(', ')})` : question.type;
  return [`${head} ${body}`, ...rendered.values()].join('\n');

  function note(text: string): string {
    for (const [, name = ''] of text.matchAll(/\$(\w+)/gu)) used.add(name);
    return text;
  }
  function renderSet(selections: readonly Selection[]): string {
    return `{ ${selections.map(renderSelection).join(' ')} }`;
  }
  function renderSelection(selection: Selection): string {
    const directives = selection.directives.map((each) => ` ${note(each)}`).join('');
    if (selection.kind === 'spread') {
      spread.add(selection.name);
      return `...${selection.name}${directives}`;
    }
    if (selection.kind === 'inline') {
      const on = selection.on === undefined ? '' : ` on ${selection.on}`;
      return `...${on}${directives} ${renderSet(selection.selections)}`;
    }
    const alias = selection.alias === undefined ? '' : `${selection.alias}: `;
    const args = selection.args.map((arg) => `${arg.name}: ${note(arg.value)}`).join(', ');
    const inner = selection.selections.length > 0 ? ` ${renderSet(selection.selections)}` : '';
    return `${alias}${selection.name}${args === '' ? '' : `(${args})`}${directives}${inner}`;
  }
}

/** The variables that are given. */
export function variablesOf(question: Question): Record<string, unknown> {
  const text = renderQuestion(question);
  return Object.fromEntries(
    question.variables.flatMap(({ name, value }) =>
      value !== undefined && text.includes(`$${name}: `) ? [[name, value]] : [],
    ),
  );
}
