import type { PurposeClass, Role, SensitiveCategory } from '@tavolo/access-model';
import type { FieldDecision } from '@tavolo/schema-check';
import { coordinatesOf, roleAccess, sharedOwner } from '@tavolo/schema-check';
import { type GraphQLSchema, parse } from 'graphql';
import type { Example } from './read-examples.ts';
import { type SubgraphName, subgraphNames } from './read-subgraph-sdl.ts';

/** What a demo purpose may read, as `purposes/<id>.json` says. */
export interface DemoPurpose {
  readonly id: string;
  readonly title: string;
  readonly class: PurposeClass;
  readonly role: Role;
  readonly documents: 'TRUSTED' | 'FREE';
  /** Examples that run for this purpose. */
  readonly examples: readonly string[];
  readonly coordinates: readonly string[];
  readonly categories: readonly SensitiveCategory[];
  /** The institutions whose data it reads, which have to approve it. */
  readonly owners: readonly string[];
  /** What each institution's own technicians may read of it; only where the purpose is about the own feed. */
  readonly byPartner?: Readonly<Record<string, readonly string[]>>;
}

type Selection =
  | { readonly kind: 'documents'; readonly examples: readonly string[] }
  | {
      readonly kind: 'whatTheRoleMay';
      readonly withCategories: boolean;
      readonly examples: readonly string[];
    }
  /** The documents in the purpose's own folder. */
  | { readonly kind: 'ownDocuments' }
  | { readonly kind: 'nothing' };

interface Rule extends Pick<DemoPurpose, 'id' | 'title' | 'class' | 'role' | 'documents'> {
  readonly reads: Selection;
  readonly isAboutOwnFeed?: true;
}

const figures = ['followed-by-whom', 'free-places', 'how-well-people-are-linked'];

const rules: readonly Rule[] = [
  {
    id: 'table-figures',
    title: 'Figures for the provincial table (cifre per il tavolo provinciale)',
    class: 'DASHBOARD',
    role: 'coordinator',
    documents: 'TRUSTED',
    reads: { kind: 'documents', examples: figures },
  },
  {
    id: 'table-coordination',
    title: 'Keeping the provincial table and its protocols (coordinamento del tavolo provinciale)',
    class: 'DASHBOARD',
    role: 'coordinator',
    documents: 'TRUSTED',
    reads: { kind: 'ownDocuments' },
  },
  {
    id: 'integration-analysis',
    title: 'Analysis of reception and integration (analisi di accoglienza e integrazione)',
    class: 'ANALYSIS',
    role: 'analyst',
    documents: 'FREE',
    // Of special categories it reads protected figures only: its role sees nobody.
    reads: {
      kind: 'whatTheRoleMay',
      withCategories: true,
      examples: ['followed-by-whom', 'how-well-people-are-linked'],
    },
  },
  {
    id: 'integrated-care',
    title: 'Integrated care of a person (presa in carico integrata)',
    class: 'CASE_WORK',
    role: 'case-worker',
    documents: 'FREE',
    reads: {
      kind: 'whatTheRoleMay',
      withCategories: true,
      examples: [
        ...figures,
        'first-hours-of-immediate-reception',
        'table-question',
        'tutors-without-supervision',
      ],
    },
  },
  {
    id: 'own-diagnostics',
    title: 'Diagnostics of the own feed (diagnostica del proprio flusso)',
    class: 'DIAGNOSTICS',
    role: 'partner-it',
    documents: 'FREE',
    reads: {
      kind: 'whatTheRoleMay',
      withCategories: false,
      examples: [
        'what-was-refused',
        'what-was-refused-in-reception',
        'what-was-refused-in-health',
        'what-was-refused-in-social-services',
        'what-was-refused-in-volunteering',
      ],
    },
    isAboutOwnFeed: true,
  },
  {
    id: 'oversight',
    title: 'Oversight of purposes and evidence (vigilanza su finalità e tracce)',
    class: 'DIAGNOSTICS',
    role: 'privacy-officer',
    documents: 'TRUSTED',
    reads: { kind: 'nothing' },
  },
  {
    id: 'table-facts',
    title: "Facts for the table's indicators (fatti per gli indicatori del tavolo)",
    class: 'FACTS',
    role: 'fact-loader',
    documents: 'TRUSTED',
    reads: {
      kind: 'documents',
      examples: [
        ...figures,
        'first-hours-of-immediate-reception',
        'table-question',
        'tutors-without-supervision',
      ],
    },
  },
];

/** The demo purposes with what each may read; throws naming an example or field that does not fit. */
export function createDemoPurposes(
  decisions: readonly FieldDecision[],
  examples: readonly Example[],
  schema: GraphQLSchema,
): readonly DemoPurpose[] {
  const byCoordinate = new Map(decisions.map((decision) => [decision.coordinate, decision]));
  return rules.map(({ reads, isAboutOwnFeed, ...rule }) => {
    const names = namesOf(rule.id, reads, examples);
    const asked = new Set(names.flatMap((name) => asksOf(name, examples, schema)));
    const read =
      reads.kind === 'whatTheRoleMay'
        ? decisions.filter(
            (decision) =>
              roleAccess(rule.role, decision) === 'ALLOWED' &&
              (reads.withCategories || decision.categories.length === 0),
          )
        : decisions.filter(({ coordinate }) => asked.has(coordinate));
    const coordinates = read.map(({ coordinate }) => coordinate);
    const refused = [...asked].find((coordinate) => {
      const decision = byCoordinate.get(coordinate);
      return (
        !decision ||
        !coordinates.includes(coordinate) ||
        roleAccess(rule.role, decision) !== 'ALLOWED'
      );
    });
    if (refused !== undefined) {
      throw new Error(
        `purpose ${rule.id}: ${rule.role} may not read ${refused}, which an example of it asks for`,
      );
    }
    return {
      ...rule,
      examples: names,
      coordinates,
      // Checked against the access model when the graph is generated.
      categories: unique(read.flatMap(({ categories }) => categories)) as SensitiveCategory[],
      owners: unique(read.flatMap(({ owners }) => owners)).filter((owner) => owner !== sharedOwner),
      ...(isAboutOwnFeed ? { byPartner: ownOf(read) } : {}),
    };
  });
}

function namesOf(purpose: string, reads: Selection, examples: readonly Example[]): string[] {
  if (reads.kind === 'nothing') return [];
  const own = examples.filter((example) => example.purpose === purpose).map(({ name }) => name);
  return reads.kind === 'ownDocuments' ? own : unique([...reads.examples, ...own]);
}

function asksOf(name: string, examples: readonly Example[], schema: GraphQLSchema) {
  const example = examples.find((each) => each.name === name);
  if (!example)
    throw new Error(`examples/${name}.graphql is named by a purpose and does not exist`);
  return coordinatesOf(parse(example.text), schema);
}

/** The part of each institution, with the shared words it needs; an institution that has no part has nothing. */
function ownOf(read: readonly FieldDecision[]): Readonly<Record<string, readonly string[]>> {
  const of = (partner: SubgraphName) => {
    if (!read.some(({ owners }) => owners.includes(partner))) return [];
    return read
      .filter(({ owners }) => owners.every((owner) => owner === partner || owner === sharedOwner))
      .map(({ coordinate }) => coordinate);
  };
  return Object.fromEntries(subgraphNames.map((partner) => [partner, of(partner)]));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
