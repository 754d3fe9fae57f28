import { z } from 'zod';
import { readDay } from './read-day.ts';
import { readTime } from './read-time.ts';
import { romeInstant } from './rome-instant.ts';

const empty = (text: string) => text.trim() === '';
const required = z.string().trim().min(1, 'empty');
const optional = z.string().transform((text) => (empty(text) ? null : text.trim()));

const day = z.string().transform((text, context) => {
  const read = readDay(text);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: empty(text) ? 'empty' : 'not a day' });
  return z.NEVER;
});
const optionalDay = z.string().transform((text, context) => {
  if (empty(text)) return null;
  const read = readDay(text);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: 'not a day' });
  return z.NEVER;
});
const optionalTime = z.string().transform((text, context) => {
  if (empty(text)) return null;
  const read = readTime(text);
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: 'not an hour' });
  return z.NEVER;
});
const optionalInstant = z.string().transform((text, context) => {
  if (empty(text)) return null;
  const [dayText = '', timeText = ''] = text.trim().split(/\s+/u);
  const [dayRead, timeRead] = [readDay(dayText), readTime(timeText)];
  if (dayRead !== null && timeRead !== null) return romeInstant(dayRead, timeRead);
  context.addIssue({ code: 'custom', message: 'not a day and an hour' });
  return z.NEVER;
});
const instant = optionalInstant.transform((read, context) => {
  if (read !== null) return read;
  context.addIssue({ code: 'custom', message: 'empty' });
  return z.NEVER;
});
const optionalCount = z.string().transform((text, context) => {
  if (empty(text)) return null;
  if (/^\d{1,5}$/u.test(text.trim())) return Number(text);
  context.addIssue({ code: 'custom', message: 'not a whole number' });
  return z.NEVER;
});
const hours = z.string().transform((text, context) => {
  if (empty(text)) return null;
  const number = Number(text.trim().replace(',', '.'));
  if (Number.isFinite(number) && number >= 0 && number < 10_000) return number;
  context.addIssue({ code: 'custom', message: 'not a number of hours' });
  return z.NEVER;
});

/** The data bank's own words to ours; a word that is not listed refuses the row and names the column. */
function coded<const Codes extends Readonly<Record<string, string>>>(codes: Codes) {
  return z.string().transform((text, context): Codes[keyof Codes] | null => {
    const key = text.trim().toUpperCase().replace(/\s+/gu, ' ');
    if (key === '') return null;
    // Looked up by text: the result is one of the values or absent.
    const found = codes[key] as Codes[keyof Codes] | undefined;
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: 'not a known code' });
    return z.NEVER;
  });
}
function codedRequired<const Codes extends Readonly<Record<string, string>>>(codes: Codes) {
  return coded(codes).transform((code, context) => {
    if (code !== null) return code;
    context.addIssue({ code: 'custom', message: 'empty' });
    return z.NEVER;
  });
}

const person = { CUI: z.string(), VESTANET: z.string(), CODICE_FISCALE: z.string() };

export const structureRecord = z.object({
  ID_STRUTTURA: required,
  CODICE_PROGETTO: required,
  ENTE_TITOLARE: required,
  ENTE_GESTORE: required,
  DENOMINAZIONE: required,
  COMUNE: required,
  CATEGORIA: codedRequired({
    ORDINARI: 'ORDINARI',
    ORDINARIO: 'ORDINARI',
    MSNA: 'MSNA',
    'DM-DS': 'DM_DS',
    'DM/DS': 'DM_DS',
  }),
  POSTI_AUTORIZZATI: optionalCount,
  POSTI_ATTIVI: optionalCount,
  CIG: optional,
  DATA_APERTURA: optionalDay,
  DATA_CHIUSURA: optionalDay,
});

export const guestRecord = z
  .object({
    ID_ACCOGLIENZA: required,
    ID_STRUTTURA: required,
    ID_BENEFICIARIO: required,
    ...person,
    NUMERO_PERMESSO: z.string(),
    NUCLEO: optional,
    DATA_INGRESSO: day,
    ORA_INGRESSO: optionalTime,
    DATA_REG_INGRESSO: optionalDay,
    DATA_USCITA: optionalDay,
    MOTIVO_USCITA: coded({
      INTEGRAZIONE: 'INTEGRATION',
      'ABBANDONO VOLONTARIO': 'SPONTANEOUS_ABANDONMENT',
      'SCADENZA TERMINI': 'TERM_EXPIRY',
      ALLONTANAMENTO: 'REMOVAL',
      TRASFERIMENTO: 'TRANSFER',
    }),
    DATA_REG_USCITA: optionalDay,
  })
  .refine(
    ({ DATA_INGRESSO, DATA_USCITA }) => DATA_USCITA === null || DATA_USCITA >= DATA_INGRESSO,
    {
      path: ['DATA_USCITA'],
      message: 'before the day of entry',
    },
  );

export const stepRecord = z.object({
  ID_PASSAGGIO: required,
  ID_BENEFICIARIO: required,
  ...person,
  TIPO_PASSAGGIO: codedRequired({
    C3: 'C3_LODGED',
    AUDIZIONE: 'HEARING',
    DECISIONE: 'DECISION',
    RICORSO: 'APPEAL',
    'RILASCIO PERMESSO': 'PERMIT_ISSUED',
  }),
  DATA_PASSAGGIO: day,
  DATA_REGISTRAZIONE: optionalDay,
  ESITO: coded({
    'STATUS DI RIFUGIATO': 'REFUGEE',
    'PROTEZIONE SUSSIDIARIA': 'SUBSIDIARY',
    'PROTEZIONE SPECIALE': 'SPECIAL_PROTECTION',
    DINIEGO: 'REJECTED',
  }),
  MOTIVO_PERMESSO: coded({
    'RICHIESTA ASILO': 'ASYLUM_REQUEST',
    ASILO: 'REFUGEE',
    'PROTEZIONE SUSSIDIARIA': 'SUBSIDIARY',
    'PROTEZIONE SPECIALE': 'SPECIAL_PROTECTION',
    'CASI SPECIALI': 'SPECIAL_CASES',
    CALAMITÀ: 'CALAMITY',
    'CURE MEDICHE': 'MEDICAL_CARE',
    'MINORE ETÀ': 'MINOR_AGE',
    'PROSIEGUO AMMINISTRATIVO': 'PROSIEGUO_AMM',
    'PROTEZIONE TEMPORANEA': 'TEMPORARY_PROTECTION',
    FAMIGLIA: 'FAMILY',
    LAVORO: 'WORK',
    ALTRO: 'OTHER',
  }),
  SCADENZA_PERMESSO: optionalDay,
});

export const extensionRecord = z.object({
  ID_PROROGA: required,
  ID_BENEFICIARIO: required,
  ...person,
  DATA_RICHIESTA: day,
  DATA_DECISIONE: optionalDay,
  MOTIVO: codedRequired({
    VULNERABILITÀ: 'VULNERABILITY',
    SALUTE: 'HEALTH',
    'STUDIO O FORMAZIONE': 'STUDY_OR_TRAINING',
    'AVVIO LAVORO': 'WORK_START',
    'RICERCA ALLOGGIO': 'HOUSING_SEARCH',
  }),
});

export const serviceRecord = z.object({
  ID_SERVIZIO: required,
  ID_BENEFICIARIO: required,
  ...person,
  AREA: codedRequired({
    LEGALE: 'LEGAL',
    SOCIALE: 'SOCIAL',
    SANITARIA: 'HEALTH',
    ABITATIVA: 'HOUSING',
    'LAVORO E FORMAZIONE': 'WORK_TRAINING',
  }),
  ORE: hours,
  LIVELLO_CORSO: coded({ 'PRE-A1': 'PRE_A1', A1: 'A1', A2: 'A2', B1: 'B1', B2: 'B2' }),
  DATA_INIZIO: day,
  DATA_FINE: optionalDay,
});

const vulnerabilities = {
  MINORE: 'MINOR',
  MSNA: 'UNACCOMPANIED_MINOR',
  DISABILITÀ: 'DISABLED',
  ANZIANO: 'ELDERLY',
  GRAVIDANZA: 'PREGNANT',
  'GENITORE SINGOLO': 'SINGLE_PARENT',
  TRATTA: 'TRAFFICKING_VICTIM',
  'GRAVE MALATTIA O DISTURBO MENTALE': 'SERIOUS_ILLNESS_OR_MENTAL_DISORDER',
  'TORTURA O GRAVE VIOLENZA': 'TORTURE_RAPE_SERIOUS_VIOLENCE',
  MGF: 'FGM_VICTIM',
} as const;

export const immediateReceptionRecord = z.object({
  ID_PRATICA: required,
  SPORTELLO: optional,
  DISTRETTO: codedRequired({
    PARMA: 'PARMA',
    FIDENZA: 'FIDENZA',
    'SUD-EST': 'SUD_EST',
    'VALLI TARO E CENO': 'VALLI_TARO_CENO',
  }),
  SEGNALANTE: optional,
  ENTE_GESTORE: required,
  STRUTTURA: required,
  COMUNE: required,
  POSTI: optionalCount,
  POSTI_ATTIVI: optionalCount,
  ID_BENEFICIARIO: required,
  ...person,
  NUMERO_PERMESSO: z.string(),
  NUCLEO: optional,
  COMPONENTI: optionalCount,
  RICHIESTA_IL: optionalInstant,
  ACCETTATA_IL: optionalInstant,
  INIZIO_IL: instant,
  PRIMO_INTERVENTO_SOCIALE: optionalInstant,
  PRIMO_INTERVENTO_SANITARIO: optionalInstant,
  CATEGORIA_VULNERABILITA: coded(vulnerabilities),
  PERMESSO_INGRESSO: coded({ NESSUNO: 'NONE', 'RICHIESTA ASILO': 'ASYLUM_REQUEST' }),
  FINE_PREVISTA: optionalDay,
  FINE_IL: optionalInstant,
  DESTINAZIONE: coded({
    'SAI IN PROVINCIA': 'SAI_IN_PROVINCE',
    'SAI ALTROVE': 'SAI_ELSEWHERE',
    CAS: 'CAS',
    AUTONOMIA: 'AUTONOMY',
    ABBANDONO: 'ABANDONED',
    ALTRO: 'OTHER',
  }),
});
