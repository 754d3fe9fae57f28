import { type ProjectPlan, projectFiles } from './project-files.ts';
import type { ProjectKind } from './project-kinds.ts';
import { projectNames } from './project-names.ts';
import { readTemplateFiles } from './template-files.ts';

/** A project of this kind, as the command writes it. */
export async function trialFiles(
  kind: ProjectKind,
  name = 'employment-centre',
): Promise<ReadonlyMap<string, string>> {
  const plan: ProjectPlan = {
    kind,
    names: projectNames(name),
    titleEn: 'Employment centre',
    titleIt: "Centro per l'impiego",
    contact: 'ufficio@example.org',
    port: 4110,
    registry: 'http://127.0.0.1:4020',
    gateway: 'http://127.0.0.1:4000',
  };
  return projectFiles(plan, await readTemplateFiles());
}
