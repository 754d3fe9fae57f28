import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import type { Supergraph } from '../supergraph/read-supergraph.ts';
import { createFieldFacts } from './describe-field.ts';
import { type Html, html } from './html.ts';
import { page } from './page.ts';

const typesPerTurn = 10;

/** Every type and field that clients can know of, with whose it is and who may read it. */
export async function renderGraph(supergraph: Supergraph): Promise<string> {
  const facts = createFieldFacts(supergraph);
  const types = Object.values(supergraph.clientSchema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  const sections: Html[] = [];
  for (const [index, type] of types.entries()) {
    // Questions are being answered meanwhile.
    if (index % typesPerTurn === 0) await nextTurn();
    sections.push(renderType(type, facts));
  }
  return page(
    'The graph',
    html`<p>Version <code>${supergraph.version.slice(0, 16)}</code>; subgraphs: ${supergraph.subgraphs.map(({ name }) => name).join(', ')}.
What a purpose does not read is refused to it; this page shows everything there is.</p>
<nav aria-label="Types"><ul>
${types.map(({ name }) => html`<li><a href="#${name}">${name}</a></li>`)}
</ul></nav>
${sections}`,
  );
}

const rank = ({ name }: GraphQLNamedType) => (name === 'Query' || name === 'Mutation' ? 0 : 1);

function renderType(type: GraphQLNamedType, facts: ReturnType<typeof createFieldFacts>): Html {
  return html`<section aria-labelledby="${type.name}">
<h2 id="${type.name}">${type.name}</h2>
${describe(type.description)}
${renderContent(type, facts)}
</section>`;
}

function renderContent(type: GraphQLNamedType, facts: ReturnType<typeof createFieldFacts>): Html {
  if (isObjectType(type) || isInterfaceType(type)) {
    const rows = Object.values(type.getFields()).map((field) => {
      const { subgraphs, owners, categories, decision, cost } = facts(type, field);
      return html`<tr><th scope="row" id="${type.name}.${field.name}"><code>${signature(field)}</code></th><td>${field.description ?? ''}${argumentsOf(field)}</td><td>${decision}</td><td>${categories}</td><td>${owners}</td><td>${subgraphs}</td><td>${cost}</td></tr>`;
    });
    const head = ['Field', 'What', 'Who may read', 'Categories', 'Owner', 'Subgraph', 'Cost, size'];
    return table(type.name, head, rows);
  }
  if (isInputObjectType(type)) {
    const rows = Object.values(type.getFields()).map(
      (field) =>
        html`<tr><th scope="row"><code>${inputSignature(field)}</code></th><td>${field.description ?? ''}</td></tr>`,
    );
    return table(type.name, ['Input field', 'What'], rows);
  }
  if (isEnumType(type)) {
    const rows = type
      .getValues()
      .map(
        ({ name, description }) =>
          html`<tr><th scope="row"><code>${name}</code></th><td>${description ?? ''}</td></tr>`,
      );
    return table(type.name, ['Value', 'What'], rows);
  }
  if (isUnionType(type)) {
    return html`<p>One of: ${type
      .getTypes()
      .map(({ name }) => name)
      .join(', ')}</p>`;
  }
  return html`<p>A scalar.</p>`;
}

function table(name: string, head: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table>
<thead><tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead>
<tbody>
${rows}
</tbody></table></div>`;
}

const describe = (text: string | null | undefined) => (text ? html`<p>${text}</p>` : html``);

function signature({ name, args, type }: GraphQLField<unknown, unknown>): string {
  const inside = args.map((each) => `${each.name}: ${String(each.type)}`).join(', ');
  return `${name}${inside === '' ? '' : `(${inside})`}: ${String(type)}`;
}

const inputSignature = ({ name, type }: GraphQLInputField) => `${name}: ${String(type)}`;

function argumentsOf({ args }: GraphQLField<unknown, unknown>): Html {
  const described = args.filter(({ description }) => description);
  if (described.length === 0) return html``;
  return html`<ul>${described.map(
    ({ name, description }) => html`<li><code>${name}</code>: ${description ?? ''}</li>`,
  )}</ul>`;
}
