import type { Question, Selection, Variable } from './question.ts';

type Set = readonly Selection[];

/** Questions with one piece less each, the largest pieces first. */
export function smallerQuestions(question: Question): Question[] {
  const fragments = new Map(question.fragments.map((each) => [each.name, each]));
  const smaller: Question[] = [];
  for (const selections of smallerSets(question.selections))
    smaller.push({ ...question, selections });
  question.fragments.forEach((fragment, at) => {
    for (const selections of smallerSets(fragment.selections)) {
      smaller.push({
        ...question,
        fragments: replaced(question.fragments, at, { ...fragment, selections }),
      });
    }
  });
  question.variables.forEach((variable, at) => {
    if (variable.default !== undefined) {
      smaller.push({
        ...question,
        variables: replaced(question.variables, at, withoutDefault(variable)),
      });
    }
  });
  return smaller;

  function smallerSets(set: Set): Set[] {
    const sets: Set[] = [];
    set.forEach((selection, at) => {
      const without = set.filter((_, each) => each !== at);
      if (without.length > 0) sets.push(without);
      if (selection.kind === 'spread') {
        const fragment = fragments.get(selection.name);
        if (fragment)
          sets.push(
            replaced(set, at, {
              kind: 'inline',
              on: fragment.on,
              directives: selection.directives,
              selections: fragment.selections,
            }),
          );
      } else if (selection.kind === 'inline') {
        sets.push([...set.slice(0, at), ...selection.selections, ...set.slice(at + 1)]);
      }
    });
    set.forEach((selection, at) => {
      for (const each of smallerSelections(selection)) sets.push(replaced(set, at, each));
    });
    return sets;
  }

  function smallerSelections(selection: Selection): Selection[] {
    const smaller: Selection[] = [];
    if (selection.directives.length > 0) smaller.push({ ...selection, directives: [] });
    if (selection.kind === 'spread') return smaller;
    if (selection.kind === 'field') {
      const { alias, ...plain } = selection;
      if (alias !== undefined) smaller.push(plain);
      selection.args.forEach((_, at) => {
        smaller.push({ ...selection, args: selection.args.filter((__, each) => each !== at) });
      });
      const isBare = (each: Selection | undefined) =>
        each?.kind === 'field' && each.name === '__typename' && each.alias === undefined;
      if (
        selection.selections.length > 0 &&
        !(selection.selections.length === 1 && isBare(selection.selections[0]))
      ) {
        const typename: Selection = {
          kind: 'field',
          name: '__typename',
          args: [],
          directives: [],
          selections: [],
        };
        smaller.push({ ...selection, selections: [typename] });
      }
    }
    for (const selections of smallerSets(selection.selections))
      smaller.push({ ...selection, selections });
    return smaller;
  }
}

function withoutDefault({ name, type, value }: Variable): Variable {
  return { name, type, ...(value === undefined ? {} : { value }) };
}

function replaced<Item>(items: readonly Item[], at: number, item: Item): Item[] {
  return items.map((each, position) => (position === at ? item : each));
}
