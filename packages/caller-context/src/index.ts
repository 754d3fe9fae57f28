export { type Caller, caller } from './caller.ts';
export { type ContextKey, type ContextKeys, contextKeys } from './context-keys.ts';
export { type ContextRefusal, ContextRefused, contextRefusals } from './context-refused.ts';
export {
  type ContextSigner,
  type ContextSignerOptions,
  type ContextSigningKey,
  contextHeader,
  contextIssuer,
  contextLifetimeSeconds,
  contextType,
  createContextSigner,
  digestOf,
} from './create-context-signer.ts';
export {
  type ContextVerifier,
  type ContextVerifierOptions,
  contextToleranceSeconds,
  createContextVerifier,
} from './create-context-verifier.ts';
