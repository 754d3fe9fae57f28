/** Why a call is not taken; the codes travel to the gateway, nothing else does. */
export const contextRefusals = [
  /** No context at all: a call that did not come through the gateway. */
  'CONTEXT_MISSING',
  /** Not a context, not signed by the gateway, or meant for somebody else. */
  'CONTEXT_INVALID',
  'CONTEXT_EXPIRED',
  /** A context is good for one call. */
  'CONTEXT_REPLAYED',
  /** The body is not the one that was signed. */
  'BODY_CHANGED',
  /** No room to remember another context: none is taken until old ones lapse. */
  'BUSY',
] as const;
export type ContextRefusal = (typeof contextRefusals)[number];

/** A call that is not taken; says nothing of what it carried. */
export class ContextRefused extends Error {
  override readonly name = 'ContextRefused';
  readonly code: ContextRefusal;

  constructor(code: ContextRefusal) {
    super(`the call is not taken: ${code}`);
    this.code = code;
  }
}
