import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind } from 'graphql';
import { stringArgument } from './string-argument.ts';

/** What a directive is called in one document: `@link` lets every author rename what is imported. */
export type DirectiveNames = ReadonlyMap<string, string>;

/** The directives of a specification: those that have its own name, and the others it defines. */
const directivesOf: Readonly<Record<string, readonly string[]>> = {
  authenticated: ['authenticated'],
  requiresScopes: ['requiresScopes'],
  policy: ['policy'],
  cost: ['cost', 'listSize'],
  access: ['sensitive', 'owner'],
  cache: ['cacheControl'],
  inaccessible: ['inaccessible'],
};

/** Reads the links of a supergraph: canonical name → name in this document, for what is linked. */
export function readDirectiveNames(document: DocumentNode): DirectiveNames {
  const names = new Map<string, string>();
  for (const link of linksOf(document)) {
    const feature = featureOf(link);
    if (feature === undefined) continue;
    const imports = importsOf(link);
    const namespace = stringArgument(link, 'as') ?? feature;
    for (const directive of directivesOf[feature] ?? []) {
      names.set(
        directive,
        imports.get(directive) ??
          (directive === feature ? namespace : `${namespace}__${directive}`),
      );
    }
  }
  return names;
}

/** The specification a `@link` is about: `requiresScopes` of `https://specs.apollo.dev/requiresScopes/v0.1`. */
export function featureOf(link: ConstDirectiveNode): string | undefined {
  const url = stringArgument(link, 'url') ?? stringArgument(link, 'feature') ?? '';
  return /\/([A-Za-z]+)\/v\d+\.\d+\/?$/u.exec(url)?.[1];
}

function linksOf(document: DocumentNode): ConstDirectiveNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? []).filter(
          ({ name }) => name.value === 'link' || name.value === 'core',
        )
      : [],
  );
}

/** `"@a"` and `{ name: "@a", as: "@b" }`. */
function importsOf(link: ConstDirectiveNode): Map<string, string> {
  const list = link.arguments?.find(({ name }) => name.value === 'import')?.value;
  const imports = new Map<string, string>();
  for (const entry of list?.kind === Kind.LIST ? list.values : []) {
    const name = entry.kind === Kind.STRING ? entry.value : textOf(entry, 'name');
    if (name?.startsWith('@')) {
      imports.set(name.slice(1), (textOf(entry, 'as') ?? name).replace(/^@/u, ''));
    }
  }
  return imports;
}

function textOf(value: ConstValueNode, field: string): string | undefined {
  if (value.kind !== Kind.OBJECT) return undefined;
  const found = value.fields.find(({ name }) => name.value === field)?.value;
  return found?.kind === Kind.STRING ? found.value : undefined;
}
