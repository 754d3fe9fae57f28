import { type ConstDirectiveNode, isTypeDefinitionNode, Kind, parse } from 'graphql';

/** Types of a supergraph that another subgraph than the coordination table has: no fact may be named like one. */
export function typesOfOthers(supergraphSdl: string): readonly string[] {
  return parse(supergraphSdl, { noLocation: true })
    .definitions.filter(isTypeDefinitionNode)
    .flatMap(({ name, directives }) =>
      directives?.some(isOfAnother) === true ? [name.value] : [],
    );
}

function isOfAnother({ name, arguments: given }: ConstDirectiveNode): boolean {
  return (
    name.value === 'join__type' &&
    given?.some(
      (argument) =>
        argument.name.value === 'graph' &&
        argument.value.kind === Kind.ENUM &&
        argument.value.value !== 'COORDINATION_TABLE',
    ) === true
  );
}
