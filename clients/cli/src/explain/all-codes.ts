import { conformanceExplanations } from '@tavolo/conformance';
import { findingExplanations } from '@tavolo/schema-check';
import { commandCodes } from './command-codes.ts';
import { contextCodes } from './context-codes.ts';
import { type ExplainedCode, explained } from './explained-code.ts';
import {
  gatewayCodes,
  purposeReasons,
  requestReasons,
  sourceReasons,
  tokenReasons,
} from './gateway-codes.ts';
import { alarmCodes } from './operator-codes.ts';
import { registryCodes } from './registry-codes.ts';

/** Every code of the hub with all its meanings: some words are said by several of its parts. */
export function allCodes(): readonly ExplainedCode[] {
  return [
    ...Object.entries(findingExplanations).map(([code, { title, cause, fix, more }]) => ({
      code,
      saidBy: 'the checks of a schema (tavolo subgraph check)',
      meaning: title,
      cause,
      advice: fix,
      more,
    })),
    ...conformanceExplanations.map(({ code, title, change }) => ({
      code,
      saidBy: 'the conformance suite (tavolo subgraph conformance), of a promise that is broken',
      meaning: title,
      cause: {
        en: 'The report says what was sent and what came.',
        it: 'Il rapporto dice che cosa è stato inviato e che cosa è arrivato.',
      },
      advice: change,
    })),
    ...explained('the registry', registryCodes),
    ...explained('the gateway, in errors[].extensions.code', gatewayCodes),
    ...explained('the gateway, as reason of BAD_REQUEST', requestReasons),
    ...explained('the gateway and the registry, as reason of UNAUTHENTICATED', tokenReasons),
    ...explained('the gateway, as reason of PURPOSE_REFUSED', purposeReasons),
    ...explained('the gateway, of a source that did not answer', sourceReasons),
    ...explained('a subgraph, to the gateway', contextCodes),
    ...explained('the log of the gateway, as alarm', alarmCodes),
    ...explained('this command line', commandCodes),
  ];
}
