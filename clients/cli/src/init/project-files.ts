import { deriveSectorKey } from '@tavolo/linkage';
import {
  developmentDependencies,
  kindDependencies,
  kindDevelopmentDependencies,
  kindParts,
  otherFiles,
  overrides,
  type ProjectKind,
} from './project-kinds.ts';
import type { ProjectNames } from './project-names.ts';
import type { TemplateFiles } from './template-files.ts';

/** All that a project is made from; every text of it was judged before. */
export interface ProjectPlan {
  readonly kind: ProjectKind;
  readonly names: ProjectNames;
  readonly titleEn: string;
  readonly titleIt: string;
  readonly contact: string;
  readonly port: number;
  readonly registry: string;
  readonly gateway: string;
}

/** Text by path in the new folder. */
export function projectFiles(
  plan: ProjectPlan,
  templates: TemplateFiles,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const part of kindParts[plan.kind]) {
    for (const [path, text] of Object.entries(templates)) {
      if (path.startsWith(`${part}/`)) addFile(files, path.slice(part.length + 1), text);
    }
  }
  if (plan.kind === 'other') {
    for (const path of otherFiles) addFile(files, path, templates[`common/${path}`] ?? '');
    addFile(files, 'OTHER-LANGUAGES.md', templates['OTHER-LANGUAGES.md'] ?? '');
  } else files.set('package.json', packageOf(plan, plan.kind));
  return new Map([...files].map(([path, text]) => [path, fillIn(text, plan)]));
}

/** `dot.gitignore` is `.gitignore`, which npm would leave out of a package; `README.md.append` goes to the end of `README.md`. */
function addFile(files: Map<string, string>, templatePath: string, text: string): void {
  const path = templatePath.replace(/(^|\/)dot\./u, '$1.');
  const longer = /^(.+)\.append$/u.exec(path)?.[1];
  if (longer === undefined) files.set(path, text);
  else files.set(longer, `${files.get(longer) ?? ''}${text}`);
}

function fillIn(text: string, plan: ProjectPlan): string {
  const values: Readonly<Record<string, string>> = {
    NAME: plan.names.name,
    TYPE: plan.names.type,
    FIELD: plan.names.field,
    KEY: plan.names.key,
    TITLE_EN: plan.titleEn,
    TITLE_IT: plan.titleIt,
    CONTACT: plan.contact,
    PORT: String(plan.port),
    REGISTRY: plan.registry,
    GATEWAY: plan.gateway,
    CONFORMANCE: '--context-key dev/gateway-private-key.json',
    SAMPLE_KEY: deriveSectorKey(
      'a secret for tests only, of more than 32 characters',
      'person',
      'PERSON-001',
    ),
  };
  // A word such as __typename or __resolveReference is GraphQL's own and stays.
  return text.replace(/__([A-Z]+(?:_[A-Z]+)*)__/gu, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

function packageOf(plan: ProjectPlan, kind: Exclude<ProjectKind, 'other'>): string {
  const manifest = {
    name: plan.names.name,
    version: '0.1.0',
    private: true,
    description: `${plan.titleEn}: its part of the hub's graph`,
    type: 'module',
    engines: { node: '>=20.19.0' },
    scripts: {
      prestart: 'tsx dev/prepare.ts',
      start: 'node --env-file=.env --import tsx src/main.ts',
      ask: 'node --env-file=.env --import tsx dev/ask.ts',
      types: 'tsc --noEmit',
      test: 'vitest run',
      check: 'npm run types && npm test',
    },
    dependencies: sorted(kindDependencies[kind]),
    devDependencies: sorted({ ...developmentDependencies, ...kindDevelopmentDependencies[kind] }),
    overrides,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function sorted(packages: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
}
