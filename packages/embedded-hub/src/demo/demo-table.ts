/** What the invented table agreed on, in the order its coordinator writes it down; every body and text is invented. */
export interface DemoSeat {
  readonly key: string;
  readonly organisation: string;
  readonly name: string;
  readonly kind: string;
  readonly district?: string;
  readonly municipality?: string;
}

/** The nodes of the founding document: 4 + 1 + 4 + 3, the two offices of the state, and who coordinates. */
export const demoSeats: readonly DemoSeat[] = [
  ...(
    [
      ['PARMA', '034027'],
      ['FIDENZA', '034014'],
      ['SUD_EST', '034018'],
      ['VALLI_TARO_CENO', '034006'],
    ] as const
  ).flatMap(([district, municipality]) => [
    {
      key: `lead-${district}`,
      organisation: `lead-municipality-${municipality}`,
      name: `Comune capodistretto ${district} (inventato)`,
      kind: 'LEAD_MUNICIPALITY',
      district,
      municipality,
    },
    {
      key: `sai-${district}`,
      organisation: `sai-project-${municipality}`,
      name: `Progetto SAI ${district} (inventato)`,
      kind: 'SAI_PROJECT',
      district,
      municipality,
    },
  ]),
  {
    key: 'ausl',
    organisation: 'health-authority',
    name: 'AUSL (inventata)',
    kind: 'HEALTH_AUTHORITY',
  },
  ...['PARMA', 'FIDENZA', 'SUD_EST'].map((district) => ({
    key: `social-${district}`,
    organisation: `social-service-${district.toLowerCase().replace('_', '-')}`,
    name: `Servizio sociale ${district} (inventato)`,
    kind: 'SOCIAL_SERVICE',
    district,
  })),
  {
    key: 'questura',
    organisation: 'police-headquarters',
    name: 'Questura (inventata)',
    kind: 'POLICE_HEADQUARTERS',
  },
  {
    key: 'prefettura',
    organisation: 'prefecture',
    name: 'Prefettura (inventata)',
    kind: 'PREFECTURE',
  },
  {
    key: 'ciac',
    organisation: 'provincial-table',
    name: 'Ente coordinatore del tavolo (inventato)',
    kind: 'COORDINATING_BODY',
  },
];

export const demoProtocols = [
  {
    code: 'P1',
    title: 'Pronta accoglienza territoriale',
    summary:
      'Accesso immediato dallo sportello all’accoglienza sociale in caso di sospetta vulnerabilità',
  },
  {
    code: 'P2',
    title: 'Rotazione dei domicili tra i Comuni',
    summary: 'A turno un Comune dà il domicilio che serve per presentare la domanda di asilo',
  },
  {
    code: 'P3',
    title: 'Lista delle priorità settimanali di intervento',
    summary: 'Lista di attesa SAI per distretto, con criteri pubblici e condivisi',
  },
] as const;

export const demoCriteria = [
  {
    code: 'domicile-rotation',
    service: 'DOMICILE',
    text: 'Il domicilio spetta al Comune più lontano dalla sua quota',
  },
  {
    code: 'sai-priority',
    service: 'PRIORITY_LIST',
    text: 'La posizione in lista segue i punteggi pubblici della versione in vigore',
  },
  {
    code: 'first-twelve-hours',
    service: 'IMMEDIATE_RECEPTION',
    text: 'Primo intervento sociale o sanitario entro 12 ore dall’accoglienza',
  },
] as const;

export const demoObjectives = [
  {
    aim: 'FAIR_ACCESS',
    title: 'Primo intervento entro 12 ore per almeno otto accolti su dieci',
    indicatorId: 'first-intervention-within-12-hours',
    target: 0.8,
  },
  {
    aim: 'FAIR_STANDARDS',
    title: 'Continuità nei progetti SAI del territorio',
    indicatorId: 'continuity-to-sai',
    target: 0.9,
  },
] as const;

export const demoPractices = [
  {
    title: 'Accoglienza diffusa nei Comuni del distretto (esempio inventato)',
    field: 'NETWORKS',
    description:
      'Ciascun Comune concorre a trovare alloggi e valuta i progetti di volontariato dei richiedenti asilo',
    formalisation: 'PROTOCOL',
    transferability: ['POLITICAL_WILL', 'EXISTING_RELATIONS'],
  },
  {
    title: 'Volontariato e pubblica utilità dei richiedenti asilo (esempio inventato)',
    field: 'VOLUNTARY_INVOLVEMENT',
    description:
      'Accordo con enti gestori, volontariato e sindacati per attività di pubblica utilità sul territorio',
    formalisation: 'OPERATIONAL_AGREEMENT',
    transferability: ['OPENNESS_TO_VOLUNTEERS', 'SHARED_METHODS'],
  },
] as const;
