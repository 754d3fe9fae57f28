/** The example questions, bundled with the page so that it needs nobody but its own gateway. */
const texts = import.meta.glob<string>('../../../schemas/examples/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const firstTab = 'table-question.graphql';

/** One tab an example; the table's question comes first. */
export const exampleTabs = Object.entries(texts)
  .sort(
    ([one], [other]) =>
      Number(other.endsWith(firstTab)) - Number(one.endsWith(firstTab)) || one.localeCompare(other),
  )
  .map(([, query]) => ({ query }));
