export { writeHealthAuthority } from './write-health-authority.ts';
