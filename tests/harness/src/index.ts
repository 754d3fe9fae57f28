export { type Answer, type AnswerSource, type Asker, ask, readExample } from './ask.ts';
export {
  prepareHubFolder,
  startHubFrom,
  startHubIn,
  type TestHub,
  testDemo,
} from './prepare-hub.ts';
export { type TableAnswer, type TableGuest, tablesQuestion } from './tables-question.ts';
