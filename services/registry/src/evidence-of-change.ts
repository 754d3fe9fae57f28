import type { RegistryRecord } from '@tavolo/evidence';
import type { EvidenceSubject, RegistryEvidence } from './evidence.ts';

const mostFields = 100;
/** As evidence can hold it. */
const longestName = 64;

/** A change as the evidence log keeps it; what it touched is named in `fields`, as far as a record holds. */
export function evidenceOfChange(change: RegistryEvidence): RegistryRecord {
  const { subject, purposeVersion, side, coordinates = [], categories = [] } = change;
  const { sequence, digest, brokenConsumers = [], code } = change;
  const fields = [
    ...(purposeVersion === undefined ? [] : [`version.${purposeVersion}`]),
    ...(side === undefined ? [] : [`side.${side.replaceAll('-', '_')}`]),
    ...(sequence === undefined ? [] : [`sequence.${sequence}`]),
    ...(digest === undefined ? [] : [`digest.${digest}`]),
    ...(code === undefined ? [] : [`code.${code.slice(0, longestName)}`]),
    ...brokenConsumers.map((consumer) => `breaks.${consumer.replaceAll('-', '_')}`),
    ...categories.map((category) => `categories.${category}`),
    ...coordinates.map((coordinate) => `coordinates.${coordinate}`),
  ];
  return {
    kind: 'registry',
    at: change.at,
    organisation: change.organisation,
    clientId: change.clientId,
    user: change.user,
    action: `${subject.kind.toUpperCase()}_${change.action}`,
    subjectKind: subjectKinds[subject.kind],
    subjectId: subject.id,
    versionBefore: change.revisionBefore === 0 ? null : change.revisionBefore,
    versionAfter: change.revisionAfter,
    fields: fields.slice(0, mostFields),
    requestId: change.requestId,
  };
}

const subjectKinds = {
  partner: 'PARTNER',
  consumer: 'CONSUMER',
  purpose: 'PURPOSE',
  subgraph: 'SUBGRAPH',
  contract: 'CONTRACT',
  waiver: 'WAIVER',
} as const satisfies Readonly<Record<EvidenceSubject, RegistryRecord['subjectKind']>>;
