import { subgraphName } from '@tavolo/registry-api';
import { UsageError } from '../cli-error.ts';
import type { CliSurroundings } from '../cli-surroundings.ts';
import { type Project, readProject } from './read-project.ts';

/** What a command is about: the subgraph that is named, else the one of the folder. */
export interface Target {
  readonly name: string;
  /** The folder that the command works in. */
  readonly folder: string;
  /** Null = the folder has no `tavolo.json`. */
  readonly project: Project | null;
  /** The same, when it is about this very subgraph: another's schema and address are not to be taken from it. */
  readonly own: Project | null;
}

/** The folder that a command works in. */
export const folderOf = ({ folder }: CliSurroundings): string => folder ?? process.cwd();

export async function readTarget(
  named: string | undefined,
  surroundings: CliSurroundings,
): Promise<Target> {
  const folder = folderOf(surroundings);
  const project = await readProject(folder);
  const name = named ?? project?.subgraph;
  if (name === undefined) {
    throw new UsageError('which subgraph? Name it, or work in the folder that has its tavolo.json');
  }
  if (!subgraphName.safeParse(name).success) {
    throw new UsageError(
      'the name of a subgraph is lower-case words joined by hyphens, 2 to 64 characters',
    );
  }
  return { name, folder, project, own: project?.subgraph === name ? project : null };
}
