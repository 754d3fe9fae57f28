import type { LostRead } from './damage.ts';
import type { AnsweredSite, MonolithAnswer } from './monolith.ts';
import type { Instance, World } from './world.ts';

type Path = readonly (string | number)[];

/** What of an answer hangs on what was lost. */
export interface Dependence {
  /** Whether it, or what must not be null inside it, depends on a loss. */
  mayBeNull(path: Path): boolean;
  /** Whether a subgraph said, as it may, that there is no such thing: then nobody knows better. */
  mayBeAnything(path: Path): boolean;
  /** Whether the value there has no fields, whatever it looks like. */
  isLeaf(path: Path): boolean;
}

export function dependenceOf(
  world: World,
  answer: MonolithAnswer,
  lost: readonly LostRead[],
  missing: readonly Path[],
): Dependence {
  const silentPaths = pathsLost(
    world,
    answer,
    lost.filter(({ isSilent }) => isSilent),
  );
  const lostPaths = [
    ...missing,
    ...silentPaths,
    ...pathsLost(
      world,
      answer,
      lost.filter(({ isSilent }) => !isSilent),
    ),
  ];

  function isMandatoryBetween(outer: Path, inner: Path): boolean {
    for (let length = outer.length + 1; length <= inner.length; length += 1) {
      const site = answer.sites.get(JSON.stringify(inner.slice(0, length)));
      if (site && !site.type.includes('!')) return false;
    }
    return true;
  }

  const hangsOn = (path: Path, paths: readonly Path[]) =>
    paths.some((each) =>
      each.length <= path.length
        ? isStart(each, path)
        : isStart(path, each) && isMandatoryBetween(path, each),
    );

  return {
    mayBeNull: (path) => hangsOn(path, lostPaths),
    mayBeAnything: (path) => hangsOn(path, silentPaths),
    isLeaf: (path) => {
      const site = answer.sites.get(JSON.stringify(path));
      return site !== undefined && /^[[\]!]*Json[[\]!]*$/u.test(site.type);
    },
  };
}

/** Where in the answer something was lost, or something that it is found by or computed from. */
function pathsLost(world: World, answer: MonolithAnswer, lost: readonly LostRead[]): Path[] {
  if (lost.length === 0) return [];
  const lostSites = new Set(lost.map((site) => `${site.identity} ${site.field}`));
  const isLost = (identity: string, field: string) => lostSites.has(`${identity} ${field}`);

  /** Whoever cannot say which entity it is cannot be asked for anything of it. */
  function isKeyLost(instance: Instance): boolean {
    if (isLost(instance.identity, '__typename')) return true;
    let found = false;
    for (const key of world.keySelectionsOf(instance.type)) {
      world.project(instance, key, (site) => {
        found ||= isLost(site.identity, site.field);
      });
    }
    return found;
  }

  function isSiteLost({ instance, field }: Pick<AnsweredSite, 'instance' | 'field'>): boolean {
    if (isLost(instance.identity, field) || isKeyLost(instance)) return true;
    const requirement = world.requirementOf(instance.type, field);
    let found = false;
    if (requirement) {
      world.project(instance, requirement, (site) => {
        const inner = [...world.entities.values()]
          .flat()
          .find((each) => each.identity === site.identity);
        found ||= isLost(site.identity, site.field) || (inner !== undefined && isKeyLost(inner));
      });
    }
    return found;
  }

  const sites = [...answer.sites].filter(([, site]) => isSiteLost(site));
  const objects = [...answer.objects].filter(([, instance]) => isKeyLost(instance));
  // Written from paths.
  return [...sites, ...objects].map(([path]) => JSON.parse(path) as Path);
}

function isStart(start: Path, path: Path): boolean {
  return start.every((part, at) => path[at] === part);
}
