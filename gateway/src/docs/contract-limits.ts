import { defaultGatewayLimits as limits } from '../gateway.ts';

const seconds = (milliseconds: number) => `${milliseconds / 1_000} s`;
const mebibytes = (bytes: number) => `${bytes / 1_024 / 1_024} MiB`;

/** What a partner has to know of the gateway's limits, for the contract page; an operator may set others. */
export const contractLimits: readonly (readonly [what: string, howMuch: string])[] = [
  ['Time for one call to you, connection included', seconds(limits.callTimeoutMs)],
  ['Time for a whole question, all institutions', seconds(limits.operationTimeoutMs)],
  ['Largest request you have to read; refuse more with 413', '4 MiB'],
  ['Largest answer that is read; a larger one is `TOO_LARGE`', mebibytes(limits.maxAnswerBytes)],
  ['Calls to you at the same time', String(limits.connections)],
  ['Calls that wait for one of these; more are refused as `BUSY`', String(limits.maxWaiting)],
  ['Failures in a row after which you are left in peace', String(limits.breakerFailures)],
  ['For how long, before one call tries again', seconds(limits.breakerOpenMs)],
];
