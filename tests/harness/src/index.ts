export { type Answer, type AnswerSource, type Asker, ask, readExample } from './ask.ts';
export { type CallAnswer, callRegistry, type RegistryCall } from './call-registry.ts';
export { factLoaderToken } from './fact-loader-token.ts';
export {
  type HubExtras,
  prepareHubFolder,
  startHubFrom,
  startHubIn,
  type TestHub,
  testDemo,
} from './prepare-hub.ts';
export { type TableAnswer, type TableGuest, tablesQuestion } from './tables-question.ts';
