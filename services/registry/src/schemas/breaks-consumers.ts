import type { SchemaChange } from '@tavolo/registry-api';
import type { Finding } from '@tavolo/schema-check';

const mostNamed = 10;

/** Takes away what somebody asks for: an error, unless whoever publishes says that it must be. */
export function breaksConsumers(
  { coordinate, usedBy, kind }: SchemaChange,
  isAccepted: boolean,
): Finding {
  const consumers = usedBy
    .slice(0, mostNamed)
    .map(({ consumer, count, lastUsedOn }) => `${consumer} (${count}×, ${lastUsedOn})`)
    .join(', ');
  const more = usedBy.length > mostNamed ? ` +${usedBy.length - mostNamed}` : '';
  return {
    code: 'BREAKS_CONSUMERS',
    severity: isAccepted ? 'WARNING' : 'ERROR',
    coordinate,
    place: null,
    others: [],
    cause: {
      en: `${kind}: recorded questions would fail. Who asks, how often in 90 days, last on: ${consumers}${more}`,
      it: `${kind}: domande registrate fallirebbero. Chi chiede, quante volte in 90 giorni, l’ultima il: ${consumers}${more}`,
    },
    fix: {
      en: 'Keep the field, mark it @deprecated and agree a date with these consumers; publish with --accept-breaking only when they know.',
      it: 'Mantenere il campo, segnarlo @deprecated e concordare una data con questi enti; pubblicare con --accept-breaking solo quando lo sanno.',
    },
  };
}
