import type {
  WorldAsylumStep,
  WorldDistrict,
  WorldExitReason,
  WorldExtension,
  WorldImmediateReception,
  WorldVulnerabilityCategory,
} from '../../world.ts';

/** What the data bank and the desks call things. */
export const exitWords: Readonly<Record<WorldExitReason, string>> = {
  INTEGRATION: 'INTEGRAZIONE',
  SPONTANEOUS_ABANDONMENT: 'ABBANDONO VOLONTARIO',
  TERM_EXPIRY: 'SCADENZA TERMINI',
  REMOVAL: 'ALLONTANAMENTO',
  TRANSFER: 'TRASFERIMENTO',
};
export const stepWords: Readonly<Record<WorldAsylumStep['kind'], string>> = {
  C3_LODGED: 'C3',
  HEARING: 'AUDIZIONE',
  DECISION: 'DECISIONE',
  APPEAL: 'RICORSO',
  PERMIT_ISSUED: 'RILASCIO PERMESSO',
};
export const decisionWords: Readonly<Record<NonNullable<WorldAsylumStep['decision']>, string>> = {
  REFUGEE: 'STATUS DI RIFUGIATO',
  SUBSIDIARY: 'PROTEZIONE SUSSIDIARIA',
  SPECIAL_PROTECTION: 'PROTEZIONE SPECIALE',
  REJECTED: 'DINIEGO',
};
export const permitWords: Readonly<Record<string, string>> = {
  ASYLUM_REQUEST: 'RICHIESTA ASILO',
  REFUGEE: 'ASILO',
  SUBSIDIARY: 'PROTEZIONE SUSSIDIARIA',
  SPECIAL_PROTECTION: 'PROTEZIONE SPECIALE',
};
export const extensionWords: Readonly<Record<WorldExtension['reason'], string>> = {
  VULNERABILITY: 'VULNERABILITÀ',
  HEALTH: 'SALUTE',
  STUDY_OR_TRAINING: 'STUDIO O FORMAZIONE',
  WORK_START: 'AVVIO LAVORO',
  HOUSING_SEARCH: 'RICERCA ALLOGGIO',
};
export const districtWords: Readonly<Record<WorldDistrict, string>> = {
  PARMA: 'PARMA',
  FIDENZA: 'FIDENZA',
  SUD_EST: 'SUD-EST',
  VALLI_TARO_CENO: 'VALLI TARO E CENO',
};
export const vulnerabilityWords: Readonly<Record<WorldVulnerabilityCategory, string>> = {
  MINOR: 'MINORE',
  UNACCOMPANIED_MINOR: 'MSNA',
  DISABLED: 'DISABILITÀ',
  ELDERLY: 'ANZIANO',
  PREGNANT: 'GRAVIDANZA',
  SINGLE_PARENT: 'GENITORE SINGOLO',
  TRAFFICKING_VICTIM: 'TRATTA',
  SERIOUS_ILLNESS_OR_MENTAL_DISORDER: 'GRAVE MALATTIA O DISTURBO MENTALE',
  TORTURE_RAPE_SERIOUS_VIOLENCE: 'TORTURA O GRAVE VIOLENZA',
  FGM_VICTIM: 'MGF',
};
export const destinationWords: Readonly<
  Record<NonNullable<WorldImmediateReception['exitDestination']>, string>
> = {
  SAI_IN_PROVINCE: 'SAI IN PROVINCIA',
  SAI_ELSEWHERE: 'SAI ALTROVE',
  CAS: 'CAS',
  AUTONOMY: 'AUTONOMIA',
  ABANDONED: 'ABBANDONO',
  OTHER: 'ALTRO',
};
/** Italian courses: the world does not follow them, so every third guest gets the same one. */
export const areaOfService = 'LAVORO E FORMAZIONE';
