export { writeVolunteerRegistry } from './write-volunteer-registry.ts';
