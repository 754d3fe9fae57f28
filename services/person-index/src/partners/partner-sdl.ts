import {
  type DefinitionNode,
  Kind,
  type Location,
  type ObjectTypeDefinitionNode,
  parse,
  type StringValueNode,
} from 'graphql';
import { FOUNDING_PARTNERS } from '../partner.ts';
import { type FurtherPartner, institutionOf, keyFieldOf } from './further-partner.ts';

/** Text to put in the place of a part of another; an empty part is an insertion. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Lists of the graph with one item an institution. */
const listsOfInstitutions: ReadonlySet<string> = new Set([
  'PersonLinkage.sources',
  'PersonIndexStatus.partners',
  'PersonIndexStatus.peopleByInstitutionCount',
]);

/**
 * The index's SDL with a key in `Person` and a name for each further partner, everything else to the letter as it is
 * written, so that a comparison of two versions shows these lines alone.
 */
export function withPartners(sdl: string, partners: readonly FurtherPartner[]): string {
  if (partners.length === 0) return sdl;
  const institutions = FOUNDING_PARTNERS.length + partners.length;
  const edits = parse(sdl).definitions.flatMap((definition): Edit[] => [
    ...keysOf(definition, partners),
    ...namesOf(definition, partners),
    ...(definition.kind === Kind.OBJECT_TYPE_DEFINITION ? sizesOf(definition, institutions) : []),
  ]);
  return edits
    .sort((one, other) => other.start - one.start)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), sdl);
}

function keysOf(definition: DefinitionNode, partners: readonly FurtherPartner[]): Edit[] {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || definition.name.value !== 'Person')
    return [];
  const lastKey = definition.directives?.filter(({ name }) => name.value === 'key').at(-1);
  const lastField = definition.fields?.filter(({ name }) => name.value.endsWith('Key')).at(-1);
  return [
    after(
      lastKey?.loc,
      partners.map(({ name }) => `\n  @key(fields: "${keyFieldOf(name)}")`),
    ),
    after(
      lastField?.loc,
      partners.map(
        ({ name, label }) =>
          `\n  ${described(`Sector key of ${label.en} (chiave di settore, ${label.it}); null when it does not know the person.`)}\n  ${keyFieldOf(name)}: ID @inaccessible`,
      ),
    ),
  ];
}

function namesOf(definition: DefinitionNode, partners: readonly FurtherPartner[]): Edit[] {
  if (
    definition.kind !== Kind.ENUM_TYPE_DEFINITION ||
    definition.name.value !== 'EnrollingInstitution'
  ) {
    return [];
  }
  return [
    after(
      definition.values?.at(-1)?.loc,
      partners.map(
        ({ name, label }) =>
          `\n  ${described(`${label.en} (${label.it}).`)}\n  ${institutionOf(name)}`,
      ),
    ),
  ];
}

/** How many items a list has at the most, in `@listSize` and where a description counts to four. */
function sizesOf({ name: type, fields = [] }: ObjectTypeDefinitionNode, institutions: number) {
  return fields.flatMap(({ name, description, directives }): Edit[] => {
    const coordinate = `${type.value}.${name.value}`;
    const isList = listsOfInstitutions.has(coordinate);
    const size = directives
      ?.find((each) => isList && each.name.value === 'listSize')
      ?.arguments?.find((argument) => argument.name.value === 'assumedSize')?.value.loc;
    return [
      ...(size ? [{ start: size.start, end: size.end, text: String(institutions) }] : []),
      ...countedIn(coordinate, description, institutions),
    ];
  });
}

function countedIn(
  coordinate: string,
  description: StringValueNode | undefined,
  institutions: number,
): Edit[] {
  const counts =
    coordinate === 'PersonIndexStatus.peopleByInstitutionCount' ||
    coordinate === 'InstitutionCount.institutions';
  if (!counts || !description?.loc) return [];
  const { start, end } = description.loc;
  return [
    { start, end, text: described(description.value.replace('1 to 4', `1 to ${institutions}`)) },
  ];
}

function after(place: Location | undefined, lines: readonly string[]): Edit {
  if (!place) throw new Error('The SDL of the person index has another form than this service');
  return { start: place.end, end: place.end, text: lines.join('') };
}

/** A description as SDL writes one; JSON's escapes are GraphQL's. */
function described(text: string): string {
  return JSON.stringify(text);
}
