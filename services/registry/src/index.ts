export type { BootstrapOperator, TokenHolder, VerifyToken } from './caller.ts';
export type { EvidencePort, RegistryAction, RegistryEvidence } from './evidence.ts';
export { readOwners } from './owners/read-owners.ts';
export { type RegistryOptions, type RunningRegistry, startRegistry } from './service.ts';
export { createMemoryRegistryStore } from './store/memory-registry-store.ts';
export { createPostgresRegistryStore } from './store/postgres-registry-store.ts';
