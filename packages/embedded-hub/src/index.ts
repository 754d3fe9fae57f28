export { roleAccounts } from './access/demo-accounts.ts';
export { demoToken, type HubResource } from './access/demo-token.ts';
export { type DemoOptions, provinceFolder } from './demo/draw-demo.ts';
export { dropFolder } from './hub-environment.ts';
export {
  defaultPorts,
  type PartnerName,
  type ProcessName,
  partnerNames,
  type SubgraphName,
  subgraphNames,
} from './process-name.ts';
export {
  type EmbeddedHub,
  type EmbeddedHubOptions,
  startEmbeddedHub,
} from './start-embedded-hub.ts';
