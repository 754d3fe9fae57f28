export {
  type HealthAuthorityConfig,
  type RunningHealthAuthority,
  startHealthAuthority,
} from './service.ts';
