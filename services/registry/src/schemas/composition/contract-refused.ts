import { type Finding, findingExplanations } from '@tavolo/schema-check';

/** A variant that could not be made any more: whoever follows it would be left without a graph. */
export function contractRefused(contract: string, code: string): Finding {
  const words = explanationOf(code);
  return {
    code,
    severity: 'ERROR',
    coordinate: null,
    place: null,
    others: [],
    cause: {
      en: `The contract ${contract}: ${words?.cause.en ?? 'it cannot be made.'}`,
      it: `Il contratto ${contract}: ${words?.cause.it ?? 'non si può fare.'}`,
    },
    fix: {
      en: words?.fix.en ?? 'Keep what it shows, or change the contract first.',
      it: words?.fix.it ?? 'Mantenere ciò che mostra, o prima modificare il contratto.',
    },
  };
}

function explanationOf(code: string) {
  return Object.entries(findingExplanations).find(([known]) => known === code)?.[1];
}
