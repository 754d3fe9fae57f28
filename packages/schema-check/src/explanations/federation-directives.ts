import { type Explanation, refusal } from './explanation.ts';

const fieldSets = ['KEY', 'PROVIDES', 'REQUIRES'] as const;
type FieldSetDirective = (typeof fieldSets)[number];

const at = (name: string) => `@${name.toLowerCase()}`;

/** The same mistakes in the field sets of three directives. */
function forFieldSets(): Record<`${FieldSetDirective}_${string}`, Explanation> {
  return Object.fromEntries(
    fieldSets.flatMap((name) => [
      [
        `${name}_INVALID_FIELDS`,
        refusal(
          [`${at(name)} names what is not there`, `${at(name)} nomina ciò che non c’è`],
          [
            `The fields of ${at(name)} cannot be read, or name a field that this subgraph does not define.`,
            `I campi di ${at(name)} non si leggono, o nominano un campo che questo sottografo non definisce.`,
          ],
          [
            'Correct the name, or define the field here; when another subgraph gives it, define it with @external.',
            'Correggere il nome, o definire qui il campo; se lo dà un altro sottografo, definirlo con @external.',
          ],
        ),
      ],
      [
        `${name}_INVALID_FIELDS_TYPE`,
        refusal(
          [`${at(name)} without a text`, `${at(name)} senza un testo`],
          [
            `The argument "fields" of ${at(name)} is not a text.`,
            `L’argomento "fields" di ${at(name)} non è un testo.`,
          ],
          [`Write ${at(name)}(fields: "id").`, `Scrivere ${at(name)}(fields: "id").`],
        ),
      ],
      [
        `${name}_FIELDS_HAS_ARGS`,
        refusal(
          [`${at(name)} of a field with arguments`, `${at(name)} di un campo con argomenti`],
          [
            `${at(name)} names a field that takes arguments.`,
            `${at(name)} nomina un campo che ha argomenti.`,
          ],
          ['Use a field without arguments.', 'Usare un campo senza argomenti.'],
        ),
      ],
      [
        `${name}_UNSUPPORTED_ON_INTERFACE`,
        refusal(
          [`${at(name)} on an interface`, `${at(name)} su un’interfaccia`],
          [
            `${at(name)} cannot stand on an interface here.`,
            `${at(name)} non può stare qui su un’interfaccia.`,
          ],
          [
            'Write it on the types that implement the interface.',
            'Scriverlo sui tipi che implementano l’interfaccia.',
          ],
        ),
      ],
      [
        `${name}_DIRECTIVE_IN_FIELDS_ARG`,
        refusal(
          [`A directive inside ${at(name)}`, `Una direttiva dentro ${at(name)}`],
          [
            `The fields of ${at(name)} carry a directive.`,
            `I campi di ${at(name)} portano una direttiva.`,
          ],
          ['Name fields only.', 'Nominare solo campi.'],
        ),
      ],
      [`${name}_FIELDS_MISSING_EXTERNAL`, missingExternal(name)],
    ]),
  );
}

function missingExternal(name: string): Explanation {
  return refusal(
    [`${at(name)} of a field that is not external`, `${at(name)} di un campo non esterno`],
    [
      `${at(name)} names a field that this subgraph gives itself, or does not mark @external.`,
      `${at(name)} nomina un campo che questo sottografo dà da sé, o non segna @external.`,
    ],
    [
      'Mark the field @external here when another subgraph gives it; else take it out of the directive.',
      'Segnare qui il campo @external se lo dà un altro sottografo; altrimenti toglierlo dalla direttiva.',
    ],
  );
}

/** What is written wrongly in the federation's own directives. */
export const federationDirectives = {
  ...forFieldSets(),
  KEY_FIELDS_SELECT_INVALID_TYPE: refusal(
    ['A key that is no single value', 'Una chiave che non è un valore solo'],
    [
      'The key names a list, an interface or a union.',
      'La chiave nomina una lista, un’interfaccia o un’unione.',
    ],
    ['Make a key of an ID.', 'Fare la chiave con un ID.'],
  ),
  EXTERNAL_UNUSED: refusal(
    ['External, and used by nothing', 'Esterno, e non usato'],
    [
      'The field is @external and neither a @key nor a @requires nor a @provides needs it.',
      'Il campo è @external e non serve a nessun @key, @requires o @provides.',
    ],
    ['Take it out.', 'Toglierlo.'],
  ),
  EXTERNAL_ON_INTERFACE: refusal(
    ['External on an interface', 'Esterno su un’interfaccia'],
    ['A field of an interface is @external.', 'Un campo di un’interfaccia è @external.'],
    ['Mark the field of the type instead.', 'Segnare invece il campo del tipo.'],
  ),
  EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE: refusal(
    ['External, and something else', 'Esterno, e altro'],
    [
      '@external stands with a directive that contradicts it.',
      '@external sta con una direttiva che lo contraddice.',
    ],
    ['Keep one of the two.', 'Tenerne una delle due.'],
  ),
  MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL: refusal(
    ['A decision on what is somebody else’s', 'Una decisione su ciò che è d’altri'],
    [
      'An @external field carries a directive that would count for everybody.',
      'Un campo @external porta una direttiva che varrebbe per tutti.',
    ],
    [
      'Take the directive off here; its owner decides.',
      'Togliere qui la direttiva; decide chi lo dà.',
    ],
  ),
  TYPE_WITH_ONLY_UNUSED_EXTERNAL: refusal(
    ['A type with nothing of its own', 'Un tipo senza nulla di proprio'],
    [
      'All fields of the type are external and unused.',
      'Tutti i campi del tipo sono esterni e non usati.',
    ],
    ['Take the type out, or give it a field.', 'Togliere il tipo, o dargli un campo.'],
  ),
  PROVIDES_ON_NON_OBJECT_FIELD: refusal(
    ['@provides on what has no fields', '@provides su ciò che non ha campi'],
    [
      'The field with @provides returns no object.',
      'Il campo con @provides non restituisce un oggetto.',
    ],
    ['Take @provides off.', 'Togliere @provides.'],
  ),
  INVALID_SHAREABLE_USAGE: refusal(
    ['@shareable where it means nothing', '@shareable dove non significa nulla'],
    [
      '@shareable is on a field of an interface, or twice on the same element.',
      '@shareable è su un campo di un’interfaccia, o due volte sullo stesso elemento.',
    ],
    [
      'Write it once, on fields of objects or on the object.',
      'Scriverlo una volta, sui campi di oggetti o sull’oggetto.',
    ],
  ),
  OVERRIDE_FROM_SELF_ERROR: refusal(
    ['An override of oneself', 'Un override di sé stessi'],
    [
      '@override takes the field from its own subgraph.',
      '@override prende il campo dal proprio sottografo.',
    ],
    [
      'Name the subgraph that gives it today: @override(from: "…").',
      'Nominare il sottografo che lo dà oggi: @override(from: "…").',
    ],
  ),
  OVERRIDE_SOURCE_HAS_OVERRIDE: refusal(
    ['Two overrides of one field', 'Due override dello stesso campo'],
    [
      'The subgraph from which the field is taken takes it from another one itself.',
      'Il sottografo da cui si prende il campo lo prende a sua volta da un altro.',
    ],
    [
      'Agree with the other owner who gives it, and keep one @override.',
      'Accordarsi con l’altro ente su chi lo dà, e tenere un solo @override.',
    ],
  ),
  OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE: refusal(
    ['Override, and something else', 'Override, e altro'],
    [
      '@override stands with @external, @provides or @requires, here or where it takes from.',
      '@override sta con @external, @provides o @requires, qui o da dove prende.',
    ],
    ['Take the other directive off first.', 'Togliere prima l’altra direttiva.'],
  ),
  OVERRIDE_ON_INTERFACE: refusal(
    ['Override on an interface', 'Override su un’interfaccia'],
    ['@override is on a field of an interface.', '@override è su un campo di un’interfaccia.'],
    ['Write it on the fields of the types.', 'Scriverlo sui campi dei tipi.'],
  ),
  OVERRIDE_LABEL_INVALID: refusal(
    ['A label that cannot be read', 'Una label che non si legge'],
    ['The label of @override has another form.', 'La label di @override ha un’altra forma.'],
    ['Take the label out: the hub does not use it.', 'Togliere la label: il nodo non la usa.'],
  ),
  INTERFACE_OBJECT_USAGE_ERROR: refusal(
    ['@interfaceObject where it cannot be', '@interfaceObject dove non può stare'],
    [
      'The type with @interfaceObject has no key, or a type that implements the interface is in the same subgraph.',
      'Il tipo con @interfaceObject non ha chiave, o nello stesso sottografo c’è un tipo che implementa l’interfaccia.',
    ],
    [
      'Give it the interface’s @key, and define no implementing type here.',
      'Dargli il @key dell’interfaccia, e non definire qui tipi che la implementano.',
    ],
  ),
  INTERFACE_KEY_NOT_ON_IMPLEMENTATION: refusal(
    ['A key that a type lacks', 'Una chiave che a un tipo manca'],
    [
      'The interface has a @key that one of its types has not.',
      'L’interfaccia ha un @key che un suo tipo non ha.',
    ],
    ['Write the same @key on every type.', 'Scrivere lo stesso @key su ogni tipo.'],
  ),
  INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE: refusal(
    ['A type that the interface lacks', 'Un tipo che all’interfaccia manca'],
    [
      'A subgraph with a @key on the interface must know all of its types.',
      'Un sottografo con un @key sull’interfaccia deve conoscerne tutti i tipi.',
    ],
    [
      'Define the missing type there with its key, or take the key off the interface.',
      'Definire là il tipo che manca con la sua chiave, o togliere la chiave dall’interfaccia.',
    ],
  ),
  AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE: refusal(
    ['Access decided on an interface', 'Accesso deciso su un’interfaccia'],
    [
      '@authenticated, @requiresScopes or @policy stands on an interface, where it protects nothing.',
      '@authenticated, @requiresScopes o @policy è su un’interfaccia, dove non protegge nulla.',
    ],
    [
      'Write it on every type that implements the interface.',
      'Scriverlo su ogni tipo che implementa l’interfaccia.',
    ],
  ),
  COST_APPLIED_TO_INTERFACE_FIELD: refusal(
    ['A cost on an interface', 'Un costo su un’interfaccia'],
    ['@cost is on a field of an interface.', '@cost è su un campo di un’interfaccia.'],
    ['Write it on the fields of the types.', 'Scriverlo sui campi dei tipi.'],
  ),
  LIST_SIZE_APPLIED_TO_NON_LIST: refusal(
    ['@listSize on what is no list', '@listSize su ciò che non è una lista'],
    [
      'The field is no list, and no sizedFields say where its list is.',
      'Il campo non è una lista e nessun sizedFields dice dove si trova.',
    ],
    [
      'Add sizedFields: ["nodes"], or take @listSize off.',
      'Aggiungere sizedFields: ["nodes"], o togliere @listSize.',
    ],
  ),
  LIST_SIZE_INVALID_ASSUMED_SIZE: refusal(
    ['A size below zero', 'Una misura sotto zero'],
    ['assumedSize is negative.', 'assumedSize è negativo.'],
    ['Write how many there are at the most.', 'Scrivere quanti sono al massimo.'],
  ),
  LIST_SIZE_INVALID_SLICING_ARGUMENT: refusal(
    ['A slicing argument that is not there', 'Un argomento di taglio che non c’è'],
    [
      'slicingArguments names what is no argument of the field, or no Int.',
      'slicingArguments nomina ciò che non è un argomento del campo, o non è Int.',
    ],
    [
      'Name the argument that bounds the list: "first".',
      'Nominare l’argomento che limita la lista: "first".',
    ],
  ),
  LIST_SIZE_INVALID_SIZED_FIELD: refusal(
    ['A sized field that is not there', 'Un campo misurato che non c’è'],
    [
      'sizedFields names what is no list of the returned type.',
      'sizedFields nomina ciò che non è una lista del tipo restituito.',
    ],
    ['Name its list: "nodes".', 'Nominarne la lista: "nodes".'],
  ),
  REFERENCED_INACCESSIBLE: refusal(
    ['Hidden, and referred to', 'Nascosto, e richiamato'],
    [
      'Something clients can see refers to what is @inaccessible.',
      'Qualcosa che i client vedono richiama ciò che è @inaccessible.',
    ],
    ['Hide the other too, or hide none.', 'Nascondere anche l’altro, o nessuno dei due.'],
  ),
  DEFAULT_VALUE_USES_INACCESSIBLE: refusal(
    ['A default that is hidden', 'Un valore predefinito nascosto'],
    [
      'A default value uses what is @inaccessible.',
      'Un valore predefinito usa ciò che è @inaccessible.',
    ],
    ['Choose another default.', 'Scegliere un altro valore predefinito.'],
  ),
  QUERY_ROOT_TYPE_INACCESSIBLE: refusal(
    ['All questions hidden', 'Tutte le domande nascoste'],
    ['The type Query is @inaccessible.', 'Il tipo Query è @inaccessible.'],
    ['Hide fields, not the type.', 'Nascondere campi, non il tipo.'],
  ),
  REQUIRED_INACCESSIBLE: refusal(
    ['Hidden, and required', 'Nascosto, e obbligatorio'],
    [
      'A required argument or input field is @inaccessible: nobody could give it.',
      'Un argomento o campo di input obbligatorio è @inaccessible: nessuno potrebbe darlo.',
    ],
    [
      'Make it nullable, or give it a default.',
      'Renderlo annullabile, o dargli un valore predefinito.',
    ],
  ),
  DISALLOWED_INACCESSIBLE: refusal(
    ['What cannot be hidden', 'Ciò che non si può nascondere'],
    [
      '@inaccessible is on something that GraphQL or the federation needs.',
      '@inaccessible è su qualcosa che serve a GraphQL o alla federazione.',
    ],
    ['Take it off.', 'Toglierlo.'],
  ),
  IMPLEMENTED_BY_INACCESSIBLE: refusal(
    ['Hidden, and part of an interface', 'Nascosto, e parte di un’interfaccia'],
    [
      'A hidden field implements a field of an interface that clients see.',
      'Un campo nascosto implementa un campo di un’interfaccia che i client vedono.',
    ],
    ['Hide both or none.', 'Nascondere entrambi o nessuno.'],
  ),
  ONLY_INACCESSIBLE_CHILDREN: refusal(
    ['A type of which nothing is left', 'Un tipo di cui non resta nulla'],
    [
      'Clients see the type, and everything in it is @inaccessible.',
      'I client vedono il tipo, e tutto ciò che contiene è @inaccessible.',
    ],
    ['Hide the type, or show a field.', 'Nascondere il tipo, o mostrare un campo.'],
  ),
} as const;
