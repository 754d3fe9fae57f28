import DataLoader from 'dataloader';

/** Asks a relation for many parents at once, separately for each set of arguments used in the request. */
export type RelationLoader<Arguments, Result> = {
  load(key: string, args: Arguments): Promise<Result>;
};

/** One loader for each distinct `args`: two aliases with different arguments are two questions, not more. */
export function perArguments<Arguments, Result>(
  batch: (keys: readonly string[], args: Arguments) => Promise<Result[]>,
): RelationLoader<Arguments, Result> {
  const loaders = new Map<string, DataLoader<string, Result>>();
  return {
    load(key, args) {
      const name = JSON.stringify(args);
      let loader = loaders.get(name);
      if (loader === undefined) {
        loader = new DataLoader((keys) => batch(keys, args));
        loaders.set(name, loader);
      }
      return loader.load(key);
    },
  };
}
