export { loadSocialServices } from './load-social-services.ts';
export { type SocialServicesOptions, writeSocialServices } from './write-social-services.ts';
