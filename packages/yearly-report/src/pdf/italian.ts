import type { Cell } from '@tavolo/disclosure';
import type { FigureArea, IndicatorUnit } from '../indicator-words.ts';
import type { TargetState, Trend } from '../judge-figure.ts';

export const areaNames: Readonly<Record<FigureArea, string>> = {
  PROVINCE: 'Provincia',
  PARMA: 'Parma',
  FIDENZA: 'Fidenza',
  SUD_EST: 'Sud-Est',
  VALLI_TARO_CENO: 'Valli Taro e Ceno',
};

export const unitNames: Readonly<Record<IndicatorUnit, string>> = {
  PEOPLE: 'persone',
  HOUSEHOLDS: 'nuclei familiari',
  EVENTS: 'eventi',
  SHARE: 'quota',
  DAYS: 'giorni',
  HOURS: 'ore',
  COUNT: 'numero',
};

export const targetStates: Readonly<Record<TargetState, string>> = {
  REACHED: 'raggiunto',
  NOT_REACHED: 'non raggiunto',
  UNCERTAIN: 'incerto',
  NO_TARGET: '–',
};

export const trends: Readonly<Record<Trend, string>> = {
  IMPROVED: 'migliorato',
  WORSENED: 'peggiorato',
  CHANGED: 'cambiato',
  UNCHANGED: 'invariato',
  UNCERTAIN: 'incerto',
  NOT_COMPARABLE: '–',
};

const sourceNames: Readonly<Record<string, string>> = {
  'coordination-table': 'Registro del tavolo',
  'person-index': 'Indice delle persone',
  'reception-centres': 'Centri di accoglienza',
  'social-services': 'Servizi sociali',
  'health-authority': 'Azienda sanitaria (AUSL)',
  'volunteer-registry': 'Registro del volontariato',
};

/** A source as its readers call it; another institution's subgraph by its own name. */
export function italianSource(subgraph: string): string {
  return sourceNames[subgraph] ?? subgraph;
}

const originNames: Readonly<Record<string, string>> = {
  MEETINGS_HELD: 'incontri tenuti',
  INVITATIONS: 'inviti',
  ATTENDANCES: 'presenze',
  PROTOCOLS_IN_FORCE: 'protocolli in vigore',
  CRITERIA_ADOPTED: 'criteri adottati',
  TERRITORIAL_REPORTS: 'relazioni territoriali',
  DOMICILES_OUTSIDE_ROTATION: 'domicili fuori rotazione',
};

/** What a figure was counted in: the register in Italian, a fact by the name its file has. */
export function italianOrigin(name: string): string {
  const register = originNames[name];
  return register === undefined ? `fatto ${name}` : `registro, ${register}`;
}

export const meetingLevels = {
  POLITICAL: 'Politico',
  ORGANISATIONAL: 'Organizzativo',
  TECHNICAL_OPERATIONAL: 'Tecnico-operativo',
} as const;

export const objectiveStates = {
  OPEN: 'in corso',
  REACHED: 'raggiunto',
  NOT_REACHED: 'non raggiunto',
  DROPPED: 'abbandonato',
} as const;

/** As Italian readers write a figure of this unit; not the machine's locale, which would change the bytes. */
export function italianNumber(value: number, unit: IndicatorUnit): string {
  if (unit === 'SHARE') return `${separated(value * 100, 1)}%`;
  return separated(value, 2);
}

/** `1.240,5`, with at most so many decimals. */
function separated(value: number, decimals: number): string {
  const [whole = '0', fraction = ''] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/gu, '.');
  const tail = fraction.replace(/0+$/u, '');
  const digits = tail === '' ? grouped : `${grouped},${tail}`;
  return value < 0 && /[1-9]/u.test(digits) ? `-${digits}` : digits;
}

/** A cell in a table: the figure, or why there is none. */
export function italianCell(cell: Cell, unit: IndicatorUnit): string {
  if (cell.value !== null) return italianNumber(cell.value, unit);
  if (cell.status === 'NOT_AVAILABLE') return 'n.d.';
  if (cell.status === 'SUPPRESSED_SECONDARY') return 'soppresso (2)';
  // The method prints `<5` or `>88.4%`; a word is said in Italian.
  const says = /^[<>][\d.,]+%?$/u.test(cell.display) ? cell.display.replace('.', ',') : 'soppresso';
  return `${says} (1)`;
}

/** The bounds of the true figure, where there are any. */
export function italianBounds({ value, lower, upper, status }: Cell, unit: IndicatorUnit): string {
  if (value === null || (lower === null && upper === null)) return '–';
  if (status === 'PUBLISHED') return 'esatto';
  const say = (bound: number | null): string => (bound === null ? '…' : italianNumber(bound, unit));
  return `${say(lower)} – ${say(upper)}`;
}

/** `2025-11-30` or an instant as `30/11/2025`; time zones would make it another day. */
export function italianDay(text: string): string {
  const [year = '', month = '', day = ''] = text.slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
}

/** `12/01/2026, 09:30 UTC`. */
export function italianInstant(text: string): string {
  const utc = new Date(text).toISOString();
  return `${italianDay(utc)}, ${utc.slice(11, 16)} UTC`;
}
