import type { DisclosureNote } from './build-snapshot.ts';

/** What the report says of its method, in Italian, as its readers need it. */
export const methodology: readonly { readonly heading: string; readonly text: string }[] = [
  {
    heading: 'Da dove vengono le cifre',
    text: 'Ogni indicatore ha una definizione con una versione. Le cifre sulle persone sono domande fisse sui fatti che il servizio del tavolo carica dalle istituzioni attraverso il grafo; le cifre sull’attività vengono dal registro del tavolo. Di ogni cifra sono congelati la domanda, i dati da cui viene e la loro impronta: si può rifare, e rifatta è la stessa.',
  },
  {
    heading: 'Come leggere gli intervalli',
    text: 'Le cifre sulle persone sono spostate di poco, per proteggerle: l’intervallo accanto alla cifra contiene sempre il valore vero. Una cifra fatta di altre due ne eredita gli intervalli. Un obiettivo è detto raggiunto, e una tendenza è detta miglioramento o peggioramento, solo quando lo sono per ogni valore dell’intervallo.',
  },
  {
    heading: 'Limiti',
    text: 'Le persone sono abbinate tra le istituzioni senza nomi: precisione e richiamo dell’abbinamento sono detti accanto a ogni cifra che ne dipende. Le permanenze si misurano su chi è uscito; chi è ancora accolto non conta. «Dodici ore» si misura dall’inizio della pronta accoglienza al primo intervento sociale o sanitario.',
  },
];

/** The disclosure rules in force, as sentences. */
export function protectionInSentences(rules: DisclosureNote): readonly string[] {
  const { threshold, sensitiveThreshold, minimumForMean, minimumForQuantile } = rules;
  return [
    `Una cifra con meno di ${threshold} persone (${sensitiveThreshold} quando tocca una categoria particolare) non è pubblicata; una media ne chiede ${minimumForMean}, una mediana ${minimumForQuantile}.`,
    `Ogni altra cifra è spostata secondo una tavola pubblica, al più di ${rules.perturbationTable.maximumDeviation} persone; la stessa domanda sulle stesse persone ha sempre la stessa risposta.`,
    'Minimo e massimo non sono mai pubblicati. Un totale è protetto per conto suo: non è la somma delle sue parti.',
    `In una cifra contano insieme al più ${rules.maximumDimensions} dimensioni, periodo compreso.`,
    'Le cifre sull’attività del tavolo contano atti di istituzioni e sono pubblicate come sono.',
  ];
}
