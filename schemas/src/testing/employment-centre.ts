import { readFileSync } from 'node:fs';
import { supergraphFile } from '../supergraph-file.ts';

/** What an invented employment centre (centro per l'impiego) would add to the composed graph. */
const types = `
enum join__Graph {
  EMPLOYMENT_CENTRE @join__graph(name: "employment-centre", url: "http://127.0.0.1:4199/graphql")
`;
const more = `
"""Kind of enrolment (tipo di iscrizione)."""
enum EnrolmentKind @join__type(graph: EMPLOYMENT_CENTRE) {
  """Course (corso)."""
  COURSE @join__enumValue(graph: EMPLOYMENT_CENTRE)
  """Traineeship (tirocinio)."""
  TRAINEESHIP @join__enumValue(graph: EMPLOYMENT_CENTRE)
}
"""Why an enrolment began late (motivo)."""
enum Hindrance @join__type(graph: EMPLOYMENT_CENTRE) @sensitive(category: "HEALTH") {
  """Illness (malattia)."""
  ILLNESS @join__enumValue(graph: EMPLOYMENT_CENTRE)
}
"""Enrolment at the employment centre (iscrizione)."""
type Enrolment @join__type(graph: EMPLOYMENT_CENTRE, key: "id")
  @requiresScopes(scopes: [["people:read"]]) @owner(partner: "employment-centre") {
  """Opaque id (identificativo)."""
  id: ID!
  """Kind (tipo)."""
  kind: EnrolmentKind
  """First day (dal)."""
  begunOn: Date
  """Hours a week (ore settimanali)."""
  weeklyHours: Int
  """Hindrance (impedimento)."""
  hindrance: Hindrance
  """For case workers only (solo operatori)."""
  step: String @policy(policies: [["role:case-worker"]])
}
"""Nobody decided (non deciso)."""
type Undecided @join__type(graph: EMPLOYMENT_CENTRE) {
  """Anything (qualcosa)."""
  anything: String
}
"""Nobody's (di nessuno)."""
type Unowned @join__type(graph: EMPLOYMENT_CENTRE) @requiresScopes(scopes: [["people:read"]]) {
  """Anything (qualcosa)."""
  anything: String
}
"""A name a fact would take (nome occupato)."""
type TrainingsTable @join__type(graph: EMPLOYMENT_CENTRE) @requiresScopes(scopes: [["people:read"]])
  @owner(partner: "employment-centre") {
  """Anything (qualcosa)."""
  anything: String
}
`;
const fields = `
  """Enrolments (iscrizioni)."""
  enrolments(first: Int! = 20): [Enrolment!] @join__field(graph: EMPLOYMENT_CENTRE) @owner(partner: "employment-centre")
  """Undecided (non deciso)."""
  undecided: Undecided @join__field(graph: EMPLOYMENT_CENTRE) @owner(partner: "employment-centre")
  """Unowned (di nessuno)."""
  unowned: Unowned @join__field(graph: EMPLOYMENT_CENTRE) @owner(partner: "employment-centre")
`;

/** The hub's supergraph after an invented employment centre has joined. */
export function supergraphWithEmploymentCentre(): string {
  const sdl = readFileSync(supergraphFile, 'utf8').replace('\nenum join__Graph {\n', () => types);
  const [before = '', after = ''] = sdl.split('\ntype Person\n');
  const open = after.indexOf('\n{') + 2;
  return `${before}\ntype Person\n${after.slice(0, open)}${fields}${after.slice(open)}${more}`;
}

/** A fact file of that employment centre; the file is `enrolments.graphql`. */
export const enrolmentsFact = `# Who is enrolled at the employment centre, and for what. Iscritti al centro per l'impiego.
query FactEnrolments($first: Int! = 100, $after: String)
@fact(name: "enrolments", description: "Enrolments at the employment centre (iscrizioni).",
  unit: PERSON, eventName: "enrolments", period: "begunOn")
@derived(name: "isLong", type: "BOOLEAN", sql: "weeklyHours > 20", dimension: true,
  description: "More than twenty hours a week (oltre venti ore).") {
  people(first: $first, after: $after) {
    nodes @page {
      ref @unit
      enrolments(first: 20) @rows {
        kind @dimension(description: "Kind (tipo).")
        begunOn @column
        weeklyHours @measure(description: "Hours a week (ore).", unit: "HOURS", step: 1,
          limits: [{ name: "UP_TO_20", value: 20 }])
        hindrance @dimension(description: "Hindrance (impedimento).")
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`;
