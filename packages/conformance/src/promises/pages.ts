import {
  broken,
  type ConformancePromise,
  kept,
  notTried,
  type Outcome,
  worstOf,
} from '../conformance-promise.ts';
import { errorsOf } from '../http-answer.ts';
import { type ReadPage, readPage } from '../read-page.ts';
import { sayAnswer } from '../say-answer.ts';
import type { PagedList } from '../subgraph-model.ts';
import { noModel, type Trial } from '../trial.ts';
import { walkPages } from '../walk-pages.ts';

/** At most so many a page, by the conventions. */
export const maxPageSize = 100;
const noLists = 'the subgraph has no list in pages';
const noRows = 'no list has rows enough to be read in pages';

async function onEachList(
  { model }: Trial,
  tryOne: (list: PagedList) => Promise<Outcome>,
  reason = noLists,
): Promise<Outcome> {
  if (model === null) return notTried(noModel);
  if (model.lists.length === 0) return notTried(noLists);
  const outcomes: Outcome[] = [];
  for (const list of model.lists) {
    const outcome = await tryOne(list);
    if (outcome.outcome === 'BROKEN') return outcome;
    outcomes.push(outcome);
  }
  return worstOf(outcomes, reason);
}

/** Refused so that a reader can act on it. */
const isClearRefusal = ({ answer }: ReadPage): boolean => {
  const codes = errorsOf(answer).map(({ code }) => code);
  const isClear = codes.every(
    (code) => code === 'BAD_USER_INPUT' || code === 'GRAPHQL_VALIDATION_FAILED',
  );
  return codes.length > 0 && isClear && answer.status < 500;
};

/** Lists come in pages, each row once. */
export const pagePromises: readonly ConformancePromise[] = [
  {
    code: 'PAGE_FIRST_HONOURED',
    title: {
      en: 'A page holds no more rows than were asked for',
      it: 'Una pagina contiene al più le righe richieste',
    },
    change: {
      en: 'Apply first in the query of the store (LIMIT first + 1: the row too many says that another page follows) and give only first of them.',
      it: 'Applicare first nella query dell’archivio (LIMIT first + 1: la riga in più dice che segue un’altra pagina) e restituirne solo first.',
    },
    tryOn: (trial) =>
      onEachList(trial, async (list) => {
        for (const first of [1, 2]) {
          const page = await readPage(trial, list, { first });
          if (page.nodes === null || errorsOf(page.answer).length > 0) {
            return broken(page.sent, sayAnswer(page.answer));
          }
          if (page.nodes.length > first) return broken(page.sent, `${page.nodes.length} rows`);
        }
        return kept;
      }),
  },
  {
    code: 'PAGE_SIZE_BOUNDED',
    title: {
      en: 'A page size of 0, below 0 or beyond the maximum is refused clearly or brought within bounds',
      it: 'Una dimensione di pagina pari a 0, negativa o oltre il massimo è rifiutata con chiarezza o riportata nei limiti',
    },
    change: {
      en: `Refuse first outside of 1–${maxPageSize} with the code BAD_USER_INPUT and a message that names the bounds; LIMIT 0, LIMIT −1 and LIMIT 1000000 must not reach the store.`,
      it: `Rifiutare first fuori da 1–${maxPageSize} con il codice BAD_USER_INPUT e un messaggio che indichi i limiti; LIMIT 0, LIMIT −1 e LIMIT 1000000 non devono arrivare all’archivio.`,
    },
    tryOn: (trial) =>
      onEachList(trial, async (list) => {
        for (const first of [0, -1, 1_000_000]) {
          const page = await readPage(trial, list, { first });
          const isClamped =
            errorsOf(page.answer).length === 0 &&
            page.nodes !== null &&
            page.nodes.length <= maxPageSize;
          if (!isClamped && !isClearRefusal(page)) {
            const rows = page.nodes === null ? '' : `, ${page.nodes.length} rows`;
            return broken(page.sent, `${sayAnswer(page.answer)}${rows}`);
          }
        }
        return kept;
      }),
  },
  {
    code: 'PAGES_GIVE_EACH_ONCE',
    title: {
      en: 'Walking the pages gives each row once, and ends',
      it: 'Scorrendo le pagine ogni riga compare una volta, e si arriva alla fine',
    },
    change: {
      en: 'Order by something unique (the id last), let the cursor say where the page ended, and take rows after it (WHERE id > cursor), not by OFFSET; hasNextPage only when a row follows.',
      it: 'Ordinare per qualcosa di univoco (l’id per ultimo), far dire al cursore dove finiva la pagina e prendere le righe successive (WHERE id > cursore), non con OFFSET; hasNextPage solo se segue una riga.',
    },
    tryOn: (trial) =>
      onEachList(
        trial,
        async (list) => {
          const whole = await readPage(trial, list, { first: maxPageSize });
          const count = whole.nodes?.length ?? 0;
          if (count < 2) return notTried(noRows);
          const walk = await walkPages(trial, list, Math.ceil(count / 4));
          if (walk.problem !== null) return broken(walk.sent, walk.problem);
          if (whole.hasNextPage || !walk.isWhole || walk.rows === count) return kept;
          return broken(walk.sent, `${walk.rows} rows in pages, ${count} in one page`);
        },
        noRows,
      ),
  },
  {
    code: 'PAGE_CURSOR_REFUSED',
    title: {
      en: 'A cursor it did not give is refused with BAD_USER_INPUT',
      it: 'Un cursore non emesso dal servizio è rifiutato con BAD_USER_INPUT',
    },
    change: {
      en: 'Decode the cursor with a check (a prefix, a form) and answer the code BAD_USER_INPUT when it fails, without repeating the cursor.',
      it: 'Decodificare il cursore con un controllo (un prefisso, una forma) e in caso di errore rispondere con il codice BAD_USER_INPUT, senza ripetere il cursore.',
    },
    tryOn: (trial) =>
      onEachList(trial, async (list) => {
        for (const after of [trial.marker, '%00; --', 'e30=']) {
          const page = await readPage(trial, list, { first: 1, after });
          const codes = errorsOf(page.answer).map(({ code }) => code);
          const isRefused = page.nodes === null && page.answer.status < 500;
          if (!isRefused || codes.length === 0 || codes.some((code) => code !== 'BAD_USER_INPUT')) {
            return broken(
              `${list.name}(first: 1, after: a text that is no cursor)`,
              sayAnswer(page.answer),
            );
          }
        }
        return kept;
      }),
  },
  {
    code: 'PAGE_TOTAL_CONSISTENT',
    title: {
      en: 'totalCount says how many rows the pages give',
      it: 'totalCount indica quante righe danno le pagine',
    },
    change: {
      en: 'Count with the same conditions as the page (districts, filters, protected people left out): another number tells of rows that may not be seen.',
      it: 'Contare con le stesse condizioni della pagina (distretti, filtri, persone protette escluse): un altro numero rivela righe che non si possono vedere.',
    },
    async tryOn(trial) {
      const noTotals = 'no list has a totalCount';
      return onEachList(
        trial,
        async (list) => {
          if (!list.hasTotalCount) return notTried(noTotals);
          const page = await readPage(trial, list, { first: maxPageSize });
          if (page.nodes === null || page.totalCount === null) return notTried(noTotals);
          const isRight = page.hasNextPage
            ? page.totalCount > page.nodes.length
            : page.totalCount === page.nodes.length;
          if (isRight) return kept;
          return broken(page.sent, `totalCount ${page.totalCount}, ${page.nodes.length} rows`);
        },
        noTotals,
      );
    },
  },
];
