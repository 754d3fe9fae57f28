/** The partner institutions, in the order of their ports. */
export const partnerNames = [
  'social-services',
  'health-authority',
  'reception-centres',
  'volunteer-registry',
] as const;

export type PartnerName = (typeof partnerNames)[number];

/** Every subgraph: the four institutions, the index and the table. */
export const subgraphNames = [...partnerNames, 'person-index', 'coordination-table'] as const;

export type SubgraphName = (typeof subgraphNames)[number];

/** Every process of the embedded hub; each has its folder and its log under this name. */
export type ProcessName =
  | SubgraphName
  | 'gateway'
  | 'registry'
  | 'social-services-database'
  | 'person-index-database';

/** Where each subgraph listens when the ports are not free ones; the supergraph says the same. */
export const defaultPorts: Readonly<Record<SubgraphName, number>> = {
  'social-services': 4101,
  'health-authority': 4102,
  'reception-centres': 4103,
  'volunteer-registry': 4104,
  'person-index': 4105,
  'coordination-table': 4106,
};

/** Where the registry and the development issuer listen. */
export const defaultRegistryPort = 4020;
export const defaultIssuerPort = 4010;

/** The usual MLLP port (IANA 2575), where the health authority's systems send their messages. */
export const defaultMllpPort = 2575;

/** Every port but the gateway's that a hub takes when its ports are not free ones. */
export const fixedPorts = {
  ...defaultPorts,
  registry: defaultRegistryPort,
  issuer: defaultIssuerPort,
  'HL7 messages': defaultMllpPort,
};
