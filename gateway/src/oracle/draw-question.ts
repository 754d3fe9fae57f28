import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  parse,
  parseValue,
  validate,
  valueFromASTUntyped,
} from 'graphql';
import type { Draw } from './draw.ts';
import { drawLiteral, fieldNames } from './draw-field.ts';
import { type Question, renderQuestion, type Selection, type Variable } from './question.ts';

/** Names that fields are called by; most of them are the names of other fields. */
const aliases = [...fieldNames, 'id', 'id', 'code', 'a', 'b', 'a', 'b'];

/** A valid operation; `schema` is the uncut one. */
export function drawQuestion(draw: Draw, schema: GraphQLSchema): Question {
  for (let attempt = 0; ; attempt += 1) {
    const question = drawOnce(draw, schema, attempt);
    if (validate(schema, parse(renderQuestion(question))).length === 0) return question;
  }
}

function drawOnce(draw: Draw, schema: GraphQLSchema, attempt: number): Question {
  const aliasShare = attempt > 8 ? 0 : 0.25;
  const budget = { fields: 4 + draw.below(16) };
  const variables: Variable[] = [];
  const fragments: { name: string; on: string; selections: readonly Selection[] }[] = [];
  const mutation = schema.getMutationType();
  const isMutation = mutation && draw.chance(0.1);
  const root = isMutation ? mutation : schema.getQueryType();
  if (!root) throw new Error('a schema has a query type');
  if (attempt > 40)
    return { type: 'query', selections: [typename()], fragments: [], variables: [] };
  const selections = drawSet(root, 0, isMutation ? 0 : 0.1);
  return { type: isMutation ? 'mutation' : 'query', selections, fragments, variables };

  function drawSet(type: GraphQLNamedType, depth: number, fragmentShare: number): Selection[] {
    const drawn: Selection[] = [];
    const count = 1 + draw.below(depth === 0 ? 3 : 4);
    for (let at = 0; at < count; at += 1) {
      const selection = drawSelection(type, depth, fragmentShare);
      if (selection) drawn.push(selection);
    }
    return drawn.length > 0 ? drawn : [typename()];
  }

  function drawSelection(
    type: GraphQLNamedType,
    depth: number,
    fragmentShare: number,
  ): Selection | undefined {
    if (depth < 6 && draw.chance(isAbstractType(type) ? 0.6 : fragmentShare))
      return drawFragment(type, depth);
    if (draw.chance(0.12))
      return { ...typename(), ...(draw.chance(0.4) ? { alias: draw.pick(aliases) } : {}) };
    if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
    const fields = Object.values(type.getFields()).filter((field) => !isHidden(field));
    const composite = fields.filter((field) => isCompositeType(getNamedType(field.type)));
    const field = draw.pick(composite.length > 0 && draw.chance(0.5) ? composite : fields);
    const named = getNamedType(field.type);
    budget.fields -= 1;
    if (budget.fields < 0 || (depth >= 5 && isCompositeType(named))) return undefined;
    return {
      kind: 'field',
      name: field.name,
      ...(draw.chance(aliasShare) ? { alias: draw.pick(aliases) } : {}),
      args: drawArgs(field),
      directives: drawDirectives(),
      selections: isCompositeType(named) ? drawSet(named, depth + 1, 0.15) : [],
    };
  }

  function drawFragment(type: GraphQLNamedType, depth: number): Selection {
    const wider = isAbstractType(type)
      ? schema.getPossibleTypes(type)
      : isObjectType(type)
        ? type.getInterfaces()
        : [];
    const related = [
      ...wider,
      ...Object.values(schema.getTypeMap()).filter(
        (each) => isInterfaceType(each) && isAbstractType(type),
      ),
    ];
    const on = related.length > 0 && draw.chance(0.8) ? draw.pick(related) : type;
    const fragment = fragments.find((each) => each.on === on.name);
    if (fragment && draw.chance(0.4))
      return { kind: 'spread', name: fragment.name, directives: drawDirectives() };
    const selections = drawSet(on, depth + 1, 0.15);
    if (draw.chance(0.3)) {
      const name = `Part${fragments.length}`;
      fragments.push({ name, on: on.name, selections });
      return { kind: 'spread', name, directives: drawDirectives() };
    }
    const named = on.name === type.name && draw.chance(0.4) ? {} : { on: on.name };
    return { kind: 'inline', ...named, directives: drawDirectives(), selections };
  }

  function drawArgs(field: GraphQLField<unknown, unknown>): { name: string; value: string }[] {
    return field.args.flatMap((arg) => {
      const isMandatory = isNonNullType(arg.type) && arg.defaultValue === undefined;
      if (!isMandatory && draw.chance(0.3)) return [];
      const value = draw.chance(0.35)
        ? drawVariable(String(arg.type), arg.defaultValue !== undefined)
        : drawLiteral(draw, String(arg.type));
      return [{ name: arg.name, value }];
    });
  }

  function drawVariable(type: string, hasDefault: boolean): string {
    const known = variables.find((each) => each.type === type);
    if (known && draw.chance(0.5)) return `$${known.name}`;
    const name = `v${variables.length}`;
    // A position with a default of its own takes a nullable variable, if it is not given as null.
    const isLoose = type.endsWith('!') && hasDefault && draw.chance(0.5);
    const declared = isLoose ? type.slice(0, -1) : type;
    const withDefault = draw.chance(0.3);
    const isGiven = !isLoose && (draw.chance(0.7) || (type.endsWith('!') && !withDefault));
    variables.push({
      name,
      type: declared,
      ...(withDefault ? { default: drawLiteral(draw, `${declared.replace(/!$/u, '')}!`) } : {}),
      ...(isGiven ? { value: valueFromASTUntyped(parseValue(drawLiteral(draw, declared))) } : {}),
    });
    return `$${name}`;
  }

  function drawDirectives(): string[] {
    if (!draw.chance(0.12)) return [];
    const condition = draw.chance(0.3) ? String(draw.chance(0.5)) : drawVariable('Boolean!', false);
    return [`@${draw.pick(['include', 'skip'])}(if: ${condition})`];
  }
}

function typename(): Selection & { kind: 'field' } {
  return { kind: 'field', name: '__typename', args: [], directives: [], selections: [] };
}

function isHidden(field: GraphQLField<unknown, unknown>): boolean {
  return (field.astNode?.directives ?? []).some((each) => each.name.value === 'inaccessible');
}
