/** A supergraph that must not be served: says what in it, and what to do instead. */
export class SupergraphProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SupergraphProblem';
  }
}
