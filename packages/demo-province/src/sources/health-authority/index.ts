export { type HealthAuthorityManifest, writeHealthAuthority } from './write-health-authority.ts';
