const ownTypes: ReadonlySet<string> = new Set([
  '_Any',
  '_Entity',
  '_Service',
  '_FieldSet',
  'FieldSet',
  '_entities',
  '_service',
]);

const federationDirectives: ReadonlySet<string> = new Set([
  ...[
    'authenticated',
    'composeDirective',
    'cost',
    'deprecated',
    'extends',
    'external',
    'inaccessible',
  ],
  ...[
    'interfaceObject',
    'key',
    'link',
    'listSize',
    'oneOf',
    'override',
    'policy',
    'provides',
    'requires',
  ],
  ...['requiresScopes', 'shareable', 'specifiedBy', 'tag', 'include', 'skip'],
]);

/** Types and fields that the libraries of many languages print into an SDL and that nobody wrote. */
export function isMachinery(name: string): boolean {
  return ownTypes.has(name) || /^(?:federation|link|core)__\w+$/u.test(name);
}

/** The same for directives' definitions. */
export function isFederationDirective(name: string): boolean {
  return federationDirectives.has(name) || /^(?:federation|link|core)__\w+$/u.test(name);
}

/** What a directive is called where it was imported: `federation__policy` is `policy`. */
export function plainName(directive: string): string {
  return directive.replace(/^(?:federation|access)__/u, '');
}
