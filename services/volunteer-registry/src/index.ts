export {
  type RunningVolunteerRegistry,
  startVolunteerRegistry,
  type VolunteerRegistryOptions,
} from './service.ts';
