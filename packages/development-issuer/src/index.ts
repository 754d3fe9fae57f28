export { demoAccountGrantType } from './demo-account-grant.ts';
export type {
  DemoAccount,
  DevelopmentIssuerOptions,
  IssuerLogger,
  MachineClient,
} from './options.ts';
export { type DevelopmentIssuer, startDevelopmentIssuer } from './start-development-issuer.ts';
