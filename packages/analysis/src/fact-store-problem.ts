/** The fact store cannot be opened, or a fact cannot be kept in it: for whoever starts the service. */
export class FactStoreProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FactStoreProblem';
  }
}
