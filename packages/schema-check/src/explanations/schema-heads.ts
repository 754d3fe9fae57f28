import { type Explanation, refusal } from './explanation.ts';

function rootUsed(root: string): Explanation {
  return refusal(
    [`A type called ${root} that is not the root`, `Un tipo ${root} che non è la radice`],
    [
      `The schema names another root type and has a type called ${root} too.`,
      `Lo schema nomina un altro tipo radice e ha anche un tipo ${root}.`,
    ],
    [`Rename the type called ${root}.`, `Rinominare il tipo ${root}.`],
  );
}

function contextRefusal(title: readonly [string, string]): Explanation {
  return refusal(
    title,
    [
      '@context or @fromContext is used wrongly; the hub does not carry them out anyway.',
      '@context o @fromContext è usato male; il nodo comunque non li esegue.',
    ],
    [
      'Take it out, and ask for the value with @requires.',
      'Toglierlo, e chiedere il valore con @requires.',
    ],
  );
}

/** What is wrong with a schema by itself: the language, links, versions, root types. */
export const schemaHeads = {
  INVALID_GRAPHQL: refusal(
    ['Against the rules of GraphQL', 'Contro le regole di GraphQL'],
    [
      'The text can be read, and breaks a rule of the language: a type or directive that nothing defines, an argument that is not there, an interface not fully implemented.',
      'Il testo si legge, ma rompe una regola del linguaggio: un tipo o una direttiva che nulla definisce, un argomento che non c’è, un’interfaccia non implementata del tutto.',
    ],
    [
      'Correct the name, or define it; directives of the federation are imported in the head’s @link.',
      'Correggere il nome, o definirlo; le direttive della federazione si importano nel @link dell’intestazione.',
    ],
  ),
  DIRECTIVE_DEFINITION_INVALID: refusal(
    ['A known directive defined differently', 'Una direttiva nota definita diversamente'],
    [
      'A directive of the federation is defined in another way than the federation does.',
      'Una direttiva della federazione è definita diversamente da come fa la federazione.',
    ],
    ['Take the definition out and import it.', 'Togliere la definizione e importarla.'],
  ),
  TYPE_DEFINITION_INVALID: refusal(
    ['A known type defined differently', 'Un tipo noto definito diversamente'],
    [
      'A type of the federation is defined in another way than the federation does.',
      'Un tipo della federazione è definito diversamente da come fa la federazione.',
    ],
    ['Take the definition out.', 'Togliere la definizione.'],
  ),
  UNSUPPORTED_LINKED_FEATURE: refusal(
    ['A linked feature that is not known', 'Una funzione collegata che non è nota'],
    [
      'A @link asks for what the composer does not do.',
      'Un @link chiede ciò che il compositore non fa.',
    ],
    ['Take the @link out.', 'Togliere il @link.'],
  ),
  UNKNOWN_FEDERATION_LINK_VERSION: refusal(
    ['A federation version that is not known', 'Una versione di federazione che non è nota'],
    [
      'The @link names a version of the federation that does not exist here.',
      'Il @link nomina una versione della federazione che qui non esiste.',
    ],
    [
      'Write https://specs.apollo.dev/federation/v2.9.',
      'Scrivere https://specs.apollo.dev/federation/v2.9.',
    ],
  ),
  UNKNOWN_LINK_VERSION: refusal(
    ['A link version that is not known', 'Una versione di link che non è nota'],
    [
      'The schema links an unknown version of link itself.',
      'Lo schema collega una versione ignota di link.',
    ],
    [
      'Write https://specs.apollo.dev/link/v1.0, or leave it out.',
      'Scrivere https://specs.apollo.dev/link/v1.0, o ometterlo.',
    ],
  ),
  INVALID_LINK_DIRECTIVE_USAGE: refusal(
    ['A @link that cannot be read', 'Un @link che non si legge'],
    [
      'The @link repeats another one, or imports what its specification does not have.',
      'Il @link ne ripete un altro, o importa ciò che la specifica non ha.',
    ],
    [
      'Link each specification once, and import only what it has, each with its @.',
      'Collegare ogni specifica una volta, e importare solo ciò che ha, ciascuno con la sua @.',
    ],
  ),
  INVALID_LINK_IDENTIFIER: refusal(
    ['A @link with an address of another form', 'Un @link con un indirizzo di altra forma'],
    ['The url of the @link has no name or version.', 'L’url del @link non ha nome o versione.'],
    ['Write https://…/<name>/v<major>.<minor>.', 'Scrivere https://…/<nome>/v<maggiore>.<minore>.'],
  ),
  LINK_IMPORT_NAME_MISMATCH: refusal(
    ['A directive with two names', 'Una direttiva con due nomi'],
    [
      'Subgraphs import the same directive under different names.',
      'I sottografi importano la stessa direttiva con nomi diversi.',
    ],
    ['Import it under its own name.', 'Importarla con il suo nome.'],
  ),
  DIRECTIVE_COMPOSITION_ERROR: refusal(
    ['A directive that does not compose', 'Una direttiva che non compone'],
    [
      '@composeDirective names a directive that is not linked, or that subgraphs define differently.',
      '@composeDirective nomina una direttiva non collegata, o che i sottografi definiscono diversamente.',
    ],
    [
      'Copy the head and the definitions of @owner and @sensitive from schemas/README.md; other directives of your own need not be composed.',
      'Copiare l’intestazione e le definizioni di @owner e @sensitive da schemas/README.md; altre direttive proprie non devono essere composte.',
    ],
  ),
  ROOT_QUERY_USED: rootUsed('Query'),
  ROOT_MUTATION_USED: rootUsed('Mutation'),
  ROOT_SUBSCRIPTION_USED: rootUsed('Subscription'),
  INVALID_SUBGRAPH_NAME: refusal(
    ['A subgraph name that cannot be', 'Un nome di sottografo che non può essere'],
    ['The name of the subgraph is reserved.', 'Il nome del sottografo è riservato.'],
    ['Use lower-case words joined by hyphens.', 'Usare parole minuscole unite da trattini.'],
  ),
  CONTEXT_NOT_SET: contextRefusal(['A context that is not set', 'Un contesto non impostato']),
  CONTEXT_INVALID_SELECTION: contextRefusal([
    'A context selection that cannot be',
    'Una selezione di contesto impossibile',
  ]),
  NO_CONTEXT_IN_SELECTION: contextRefusal([
    'A selection without a context',
    'Una selezione senza contesto',
  ]),
  CONTEXT_NO_RESOLVABLE_KEY: contextRefusal([
    'A context without a key',
    'Un contesto senza chiave',
  ]),
  CONTEXT_NAME_INVALID: contextRefusal([
    'A context name that cannot be',
    'Un nome di contesto impossibile',
  ]),
  CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS: contextRefusal([
    'An argument from a context in some subgraphs only',
    'Un argomento dal contesto solo in alcuni sottografi',
  ]),
  UNSUPPORTED_FEATURE: refusal(
    ['Not done by the federation', 'Non fatto dalla federazione'],
    [
      'The schema uses what the federation does not do yet.',
      'Lo schema usa ciò che la federazione non fa ancora.',
    ],
    [
      'Take it out; the composer’s words say what it is.',
      'Toglierlo; le parole del compositore dicono che cos’è.',
    ],
  ),
  INVALID_FEDERATION_SUPERGRAPH: refusal(
    ['Not a supergraph', 'Non è un supergrafo'],
    [
      'What came out of composition cannot be read again.',
      'Ciò che è uscito dalla composizione non si rilegge.',
    ],
    [
      'Look at names with double underscores; if there are none, tell the hub’s operator.',
      'Guardare i nomi con doppio trattino basso; se non ce ne sono, avvisare chi gestisce il nodo.',
    ],
  ),
  DOWNSTREAM_SERVICE_ERROR: refusal(
    ['A subgraph failed', 'Un sottografo ha fallito'],
    ['A subgraph answered with an error.', 'Un sottografo ha risposto con un errore.'],
    ['Look at its log.', 'Guardarne il registro.'],
  ),
  COMPOSITION_FAILED: refusal(
    ['The composer could not', 'Il compositore non ce l’ha fatta'],
    [
      'The composer ended without saying what in the schemas it could not deal with.',
      'Il compositore si è fermato senza dire che cosa negli schemi non ha saputo trattare.',
    ],
    [
      'Publish the change in smaller parts to find which one it is, and tell the hub’s operator.',
      'Pubblicare la modifica in parti più piccole per trovare quale sia, e avvisare chi gestisce il nodo.',
    ],
  ),
} as const;
