/** Any of these sets, and all of one set: the form of `@requiresScopes` and `@policy`; `[]` asks nothing. */
export type AnyOf = readonly (readonly string[])[];

/** What asks for each of the given at once, in the same form and without what another set already says. */
export function allOf(demands: readonly AnyOf[]): AnyOf {
  const sets = demands
    .filter((demand) => demand.length > 0)
    .reduce<AnyOf>(
      (together, demand) =>
        together.flatMap((one) => demand.map((other) => [...new Set([...one, ...other])].sort())),
      [[]],
    );
  const smallest = sets.filter(
    (set, index) =>
      !sets.some(
        (other, at) =>
          at !== index &&
          other.every((name) => set.includes(name)) &&
          (other.length < set.length || at < index),
      ),
  );
  return smallest.every((set) => set.length === 0) ? [] : smallest;
}

/** Whether somebody who has these names meets the demand. */
export function meets(names: readonly string[], demand: AnyOf): boolean {
  return demand.length === 0 || demand.some((set) => set.every((name) => names.includes(name)));
}
