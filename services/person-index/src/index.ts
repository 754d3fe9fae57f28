export {
  type PersonIndexOptions,
  type RunningPersonIndex,
  startPersonIndex,
} from './service.ts';
