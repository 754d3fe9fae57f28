import type { PersonAttributes } from '@tavolo/linkage';
import { isDay } from '@tavolo/subgraph-kit';

/** Born earlier or later than this is a typing mistake (0202, 9999). */
const firstBirthYear = 1880;
const lastBirthYear = 2100;

/** What the registry has of a person besides numbers, as its columns say it. */
export interface WrittenAttributes {
  readonly cognome: string | null;
  readonly nome: string | null;
  /** `YYYY-MM-DD`: the shared registry keeps days as days, whatever the services' own tables do. */
  readonly data_nascita: string | null;
  readonly sesso: string | null;
  readonly cittadinanza: string | null;
}

/** Reads a person's attributes for the encoder; one that cannot be read is null, and costs only itself. */
export function readAttributes(written: WrittenAttributes): PersonAttributes {
  const name = [written.nome, written.cognome].map((part) => part?.trim() ?? '').join(' ');
  return {
    name: name.trim() === '' ? null : name.trim(),
    birthDate: readBirthDate(written.data_nascita),
    sex: readSex(written.sesso),
    citizenship: readCitizenship(written.cittadinanza),
  };
}

function readBirthDate(text: string | null): string | null {
  if (text === null || !isDay(text)) return null;
  const year = Number(text.slice(0, 4));
  return year >= firstBirthYear && year <= lastBirthYear ? text : null;
}

function readSex(text: string | null): PersonAttributes['sex'] {
  const letter = text?.trim().toUpperCase();
  return letter === 'F' || letter === 'M' ? letter : null;
}

/** The application writes ISO 3166-1 alpha-2; three letters or a word are not guessed at. */
function readCitizenship(text: string | null): string | null {
  const code = text?.trim().toUpperCase() ?? '';
  return /^[A-Z]{2}$/.test(code) ? code : null;
}
