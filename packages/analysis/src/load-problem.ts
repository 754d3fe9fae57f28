/** A load that ended without new rows; its message is kept and shown as the reason, so it tells no value. */
export class LoadProblem extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'LoadProblem';
  }
}
