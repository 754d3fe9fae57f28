export {
  type ReceptionCentresOptions,
  type RunningReceptionCentres,
  startReceptionCentres,
} from './service.ts';
