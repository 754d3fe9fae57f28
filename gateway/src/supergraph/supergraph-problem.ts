/** A supergraph that must not be served: says what in it, and what to do instead. */
export class SupergraphProblem extends Error {
  /** Whose parts it is about, where that can be said. */
  readonly subgraphs: readonly string[];

  constructor(
    message: string,
    options: ErrorOptions & { readonly subgraphs?: readonly string[] } = {},
  ) {
    super(message, options);
    this.name = 'SupergraphProblem';
    this.subgraphs = options.subgraphs ?? [];
  }
}
