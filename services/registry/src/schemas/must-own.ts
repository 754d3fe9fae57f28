import type { RegistryCaller } from '../caller.ts';
import { Refusal } from '../refusal.ts';
import { type Basis, ownerOf } from './basis.ts';

/** A partner changes its own subgraphs, the hub's operator all that are registered. */
export function mustOwn(
  caller: RegistryCaller,
  basis: Pick<Basis, 'partners' | 'subgraphs'>,
  names: readonly string[],
): void {
  if (new Set(names).size !== names.length) {
    throw new Refusal('INVALID', 'The request has another form', [
      { field: 'subgraphs', rule: 'CUSTOM', message: 'names a subgraph twice' },
    ]);
  }
  const isOperator = caller.roles.has('hub-operator');
  const owners = names.map((name) => ownerOf(basis, name));
  const unregistered = names.filter((_, at) => owners[at] === null);
  // Before what is registered: a partner learns nothing of names that are not its own.
  if (!isOperator && owners.some((owner) => owner !== null && owner !== caller.partnerId)) {
    throw new Refusal('FORBIDDEN', 'A subgraph belongs to another partner');
  }
  if (unregistered.length > 0) {
    throw new Refusal(
      'SUBGRAPH_UNREGISTERED',
      'No partner has this subgraph',
      unregistered.map((name) => ({ field: 'subgraphs', rule: 'UNREGISTERED', message: name })),
    );
  }
}
