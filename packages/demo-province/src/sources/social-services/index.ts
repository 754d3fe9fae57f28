export { loadSocialServices } from './load-social-services.ts';
export { writeSocialServices } from './write-social-services.ts';
