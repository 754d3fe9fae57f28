export { type Caller, caller } from './caller.ts';
export {
  type ContextSigner,
  type ContextSignerOptions,
  type ContextSigningKey,
  contextHeader,
  contextLifetimeSeconds,
  contextType,
  createContextSigner,
  digestOf,
} from './create-context-signer.ts';
