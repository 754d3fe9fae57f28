export {
  type RunningSocialServices,
  type SocialServicesOptions,
  startSocialServices,
} from './service.ts';
export { readSocialServices, type SocialService } from './social-service.ts';
