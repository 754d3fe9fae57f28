/** A release that must not be served; `sequence` is `null` when nobody can believe what it says of itself. */
export class ReleaseRefused extends Error {
  override readonly name = 'ReleaseRefused';
  readonly sequence: number | null;

  constructor(message: string, sequence: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.sequence = sequence;
  }
}
