import type {
  AccessChannel,
  AreaOfNeed,
  ContactChannel,
  ContactOutcome,
  DemandType,
  NetworkNode,
  ObjectiveCategory,
  PlanAreaState,
  ProfessionalRole,
  ProviderKind,
  ReferralOutcome,
  ReferralReason,
  VulnerabilityCategory,
} from '../generated/resolver-types.ts';

/** The codes of the *cartella sociale* and what the graph calls them; a code that is not here is not shown. */
type CodeList<Value extends string> = Readonly<Record<string, Value>>;

export const areasOfNeed: CodeList<AreaOfNeed> = {
  FAM: 'FAMILY_AND_MINORS',
  GIO: 'YOUNG_PEOPLE',
  ADU: 'ADULTS',
  ANZ: 'ELDERLY',
  DIS: 'DISABILITY',
  IMM: 'IMMIGRATION',
};

export const accessChannels: CodeList<AccessChannel> = {
  SPORT_ASILO: 'ASYLUM_DESK',
  SPORT_SOC: 'SOCIAL_DESK',
  CENTRO_ACC: 'RECEPTION_CENTRE',
  OSPEDALE: 'HOSPITAL',
  SCUOLA: 'SCHOOL',
  SPONTANEO: 'SELF',
};

export const contactChannels: CodeList<ContactChannel> = {
  PRESENZA: 'IN_PERSON',
  TELEFONO: 'PHONE',
  MESSAGGIO: 'MESSAGE',
  ALTRO_SERV: 'BY_OTHER_SERVICE',
};

export const demandTypes: CodeList<DemandType> = {
  ASILO: 'ASYLUM_PROCEDURE',
  ACCOGLIENZA: 'RECEPTION',
  DOMICILIO: 'DOMICILE',
  SALUTE: 'HEALTH',
  LAVORO: 'WORK',
  CASA: 'HOUSING',
  FAMIGLIA: 'FAMILY',
};

export const contactOutcomes: CodeList<ContactOutcome> = {
  INFO: 'INFORMATION',
  INVIO: 'REFERRAL',
  PIC: 'INTAKE',
};

export const planAreaStates: CodeList<PlanAreaState> = {
  PIANIFICATO: 'PLANNED',
  IN_CORSO: 'IN_PROGRESS',
  RAGGIUNTO: 'ACHIEVED',
  ABBANDONATO: 'ABANDONED',
};

export const objectiveCategories: CodeList<ObjectiveCategory> = {
  'OB-DOC': 'LEGAL_STATUS',
  'OB-FAM': 'FAMILY_AND_PARENTING',
  'OB-SCU': 'SCHOOL',
  'OB-SER': 'SERVICES_AND_NETWORKS',
  'OB-CUR': 'ACCESS_TO_CARE',
  'OB-PSI': 'PSYCHOLOGICAL_SUPPORT',
  'OB-CAS': 'HOUSING_AUTONOMY',
  'OB-ITA': 'LANGUAGE',
  'OB-FOR': 'TRAINING',
  'OB-LAV': 'WORK',
  'OB-ALT': 'OTHER',
};

export const professionalRoles: CodeList<ProfessionalRole> = {
  COORD: 'COORDINATOR',
  CASEMAN: 'CASE_MANAGER',
  ASSOC: 'SOCIAL_WORKER',
  OPACC: 'RECEPTION_OPERATOR',
  OPLEG: 'LEGAL_OPERATOR',
  MEDLC: 'CULTURAL_MEDIATOR',
  ESPINT: 'INTERCULTURAL_EXPERT',
  PSICO: 'PSYCHOLOGIST',
  EDUC: 'EDUCATOR',
  MEDCON: 'CONFLICT_MEDIATOR',
  OPABI: 'HOUSING_OPERATOR',
  TUTVOL: 'VOLUNTEER_TUTOR',
  SANIT: 'HEALTH_PROFESSIONAL',
  INSEG: 'TEACHER',
  ALTRO: 'OTHER',
};

export const networkNodes: CodeList<NetworkNode> = {
  SPORT_ASILO: 'ASYLUM_DESK',
  SPORT_SOC: 'SOCIAL_DESK',
  SERV_SOC: 'SOCIAL_SERVICE',
  CENTRO_ACC: 'RECEPTION_CENTRE',
  AUSL: 'HEALTH_AUTHORITY',
  OSPEDALE: 'HOSPITAL',
  SCUOLA: 'SCHOOL',
  CENTRO_FAM: 'FAMILY_CENTRE',
  ETS: 'THIRD_SECTOR',
  CPI: 'EMPLOYMENT_CENTRE',
  QUEST_PREF: 'PREFECTURE_OR_POLICE',
  LEGALE: 'LEGAL_SERVICE',
  CASA: 'HOUSING_SERVICE',
  ALTRO: 'OTHER',
};

export const referralReasons: CodeList<ReferralReason> = {
  LEGALE: 'LEGAL',
  SOCIALE: 'SOCIAL',
  SALUTE: 'HEALTH',
  CASA: 'HOUSING',
  LAVORO: 'WORK_TRAINING',
  VULNERAB: 'VULNERABILITY',
  MINORI: 'FAMILY_AND_MINORS',
  ALTRO: 'OTHER',
};

export const referralOutcomes: CodeList<ReferralOutcome> = {
  PIC: 'TAKEN_ON',
  INVIO: 'SENT_ON',
  RIFIUTO: 'REFUSED',
  NON_PRES: 'NOT_ATTENDED',
  ALTRO: 'OTHER',
};

export const providerKinds: CodeList<ProviderKind> = {
  COMUNE: 'MUNICIPALITY',
  AUSL: 'HEALTH_AUTHORITY',
  ENTE_GEST: 'MANAGING_BODY',
  ETS: 'THIRD_SECTOR',
  ALTRO: 'OTHER',
};

export const vulnerabilityCategories: CodeList<VulnerabilityCategory> = {
  MIN: 'MINOR',
  MSNA: 'UNACCOMPANIED_MINOR',
  DISAB: 'DISABLED',
  ANZ: 'ELDERLY',
  GRAV: 'PREGNANT',
  MONOGEN: 'SINGLE_PARENT',
  TRATTA: 'TRAFFICKING_VICTIM',
  MALATT: 'SERIOUS_ILLNESS_OR_MENTAL_DISORDER',
  TORT: 'TORTURE_RAPE_SERIOUS_VIOLENCE',
  MGF: 'FGM_VICTIM',
};
