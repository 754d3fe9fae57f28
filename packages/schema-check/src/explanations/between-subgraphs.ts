import { refusal } from './explanation.ts';

/** Where two subgraphs disagree about the same thing. */
export const betweenSubgraphs = {
  INVALID_FIELD_SHARING: refusal(
    ['Two subgraphs give the same field', 'Due sottografi danno lo stesso campo'],
    [
      'More than one subgraph resolves this field, and not all of them say that they may.',
      'Più di un sottografo risolve questo campo e non tutti dicono di poterlo fare.',
    ],
    [
      'If both give the same answer, write @shareable on the field in each (for a type of the house, copy its definition). If only one knows it, take it out of the other, or mark it @external there.',
      'Se entrambi danno la stessa risposta, scrivere @shareable sul campo in ciascuno (per un tipo della casa, copiarne la definizione). Se lo conosce uno solo, toglierlo dall’altro o segnarlo @external.',
    ],
  ),
  FIELD_TYPE_MISMATCH: refusal(
    ['A field of two types', 'Un campo con due tipi'],
    [
      'The field has another type in another subgraph.',
      'Il campo ha un altro tipo in un altro sottografo.',
    ],
    [
      'Agree on one type with the other owner; nullable and non-null of the same type do compose, as nullable.',
      'Accordarsi su un tipo con l’altro ente; annullabile e non annullabile dello stesso tipo compongono, come annullabile.',
    ],
  ),
  FIELD_ARGUMENT_TYPE_MISMATCH: refusal(
    ['An argument of two types', 'Un argomento con due tipi'],
    [
      'The argument has another type in another subgraph.',
      'L’argomento ha un altro tipo in un altro sottografo.',
    ],
    [
      'Give it the same type as the other owner does.',
      'Dargli lo stesso tipo che gli dà l’altro ente.',
    ],
  ),
  FIELD_ARGUMENT_DEFAULT_MISMATCH: refusal(
    ['An argument with two defaults', 'Un argomento con due valori predefiniti'],
    [
      'The argument has another default in another subgraph.',
      'L’argomento ha un altro valore predefinito in un altro sottografo.',
    ],
    [
      'Write the same default everywhere, or none.',
      'Scrivere ovunque lo stesso valore predefinito, o nessuno.',
    ],
  ),
  INPUT_FIELD_DEFAULT_MISMATCH: refusal(
    ['An input field with two defaults', 'Un campo di input con due valori predefiniti'],
    [
      'The input field has another default in another subgraph.',
      'Il campo di input ha un altro valore predefinito in un altro sottografo.',
    ],
    [
      'Write the same default everywhere, or none.',
      'Scrivere ovunque lo stesso valore predefinito, o nessuno.',
    ],
  ),
  TYPE_KIND_MISMATCH: refusal(
    ['One name, two kinds', 'Un nome, due specie'],
    [
      'Another subgraph defines a type of this name as something else: an object here, an interface or an enum there.',
      'Un altro sottografo definisce un tipo con questo nome come un’altra cosa: oggetto qui, interfaccia o enum là.',
    ],
    [
      'If they mean the same, define them alike; if not, give yours another name.',
      'Se significano lo stesso, definirli allo stesso modo; altrimenti dare al proprio un altro nome.',
    ],
  ),
  ENUM_VALUE_MISMATCH: refusal(
    ['An enum with other values', 'Un enum con altri valori'],
    [
      'The enum is used both in answers and in arguments, and not every subgraph has this value.',
      'L’enum è usato sia nelle risposte sia negli argomenti e non ogni sottografo ha questo valore.',
    ],
    [
      'Have the same values in every subgraph that defines it, or mark the value @inaccessible until all have it; or use an enum of your own for the argument.',
      'Avere gli stessi valori in ogni sottografo che lo definisce, o segnare il valore @inaccessible finché tutti lo hanno; o usare un enum proprio per l’argomento.',
    ],
  ),
  EMPTY_MERGED_ENUM_TYPE: refusal(
    ['An enum with nothing in common', 'Un enum senza nulla in comune'],
    [
      'The subgraphs that define this enum have no value in common.',
      'I sottografi che definiscono questo enum non hanno valori in comune.',
    ],
    [
      'Give yours another name, or share values.',
      'Dare al proprio un altro nome, o condividere valori.',
    ],
  ),
  EMPTY_MERGED_INPUT_TYPE: refusal(
    ['An input with nothing in common', 'Un input senza nulla in comune'],
    [
      'The subgraphs that define this input have no field in common.',
      'I sottografi che definiscono questo input non hanno campi in comune.',
    ],
    [
      'Give yours another name, or share fields.',
      'Dare al proprio un altro nome, o condividere campi.',
    ],
  ),
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH: refusal(
    ['An argument only some ask for', 'Un argomento che chiedono solo alcuni'],
    [
      'The argument is required in one subgraph and missing in another.',
      'L’argomento è obbligatorio in un sottografo e manca in un altro.',
    ],
    [
      'Make it nullable or give it a default, or add it everywhere.',
      'Renderlo annullabile o dargli un valore predefinito, o aggiungerlo ovunque.',
    ],
  ),
  REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH: refusal(
    ['An input field only some ask for', 'Un campo di input che chiedono solo alcuni'],
    [
      'The input field is required in one subgraph and missing in another.',
      'Il campo di input è obbligatorio in un sottografo e manca in un altro.',
    ],
    [
      'Make it nullable or give it a default, or add it everywhere.',
      'Renderlo annullabile o dargli un valore predefinito, o aggiungerlo ovunque.',
    ],
  ),
  INTERFACE_FIELD_NO_IMPLEM: refusal(
    ['A field of an interface that a type lacks', 'Un campo di interfaccia che a un tipo manca'],
    [
      'Taken together, a type that implements the interface lacks one of its fields.',
      'Nell’insieme, a un tipo che implementa l’interfaccia manca un suo campo.',
    ],
    [
      'Add the field to the type in one of the subgraphs, or take it out of the interface.',
      'Aggiungere il campo al tipo in uno dei sottografi, o toglierlo dall’interfaccia.',
    ],
  ),
  SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES: refusal(
    ['A shared field with other types behind it', 'Un campo condiviso con altri tipi dietro'],
    [
      'The shared field can return other types in one subgraph than in the other.',
      'Il campo condiviso può restituire in un sottografo tipi diversi che nell’altro.',
    ],
    [
      'Let the interface or union have the same types in both, or let one subgraph give the field.',
      'Dare all’interfaccia o unione gli stessi tipi in entrambi, o lasciare il campo a un solo sottografo.',
    ],
  ),
  SATISFIABILITY_ERROR: refusal(
    ['A question nobody could answer', 'Una domanda a cui nessuno saprebbe rispondere'],
    [
      'A client could ask this, and the hub would find no way to it from subgraph to subgraph.',
      'Un client potrebbe chiederlo e il nodo non troverebbe la strada tra i sottografi.',
    ],
    [
      'Give the type a @key that both subgraphs have, with its reference resolver where the field is; or define the field (as @shareable) in every subgraph that returns the type.',
      'Dare al tipo un @key che entrambi i sottografi hanno, con il reference resolver dove si trova il campo; o definire il campo (come @shareable) in ogni sottografo che restituisce il tipo.',
    ],
    [
      'The composer’s words show one such question and why each way ends. Usually a value type is defined in two subgraphs with different fields.',
      'Le parole del compositore mostrano una di queste domande e perché ogni strada finisce. Di solito un tipo semplice è definito in due sottografi con campi diversi.',
    ],
  ),
  MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED: refusal(
    ['Too many ways through the graph', 'Troppe strade nel grafo'],
    [
      'There are too many ways from subgraph to subgraph to look at all of them.',
      'Ci sono troppe strade tra i sottografi per esaminarle tutte.',
    ],
    [
      'Have fewer keys on one type, and fewer shared fields.',
      'Avere meno chiavi su un tipo, e meno campi condivisi.',
    ],
  ),
  EXTENSION_WITH_NO_BASE: refusal(
    ['An extension of nothing', 'Un’estensione di nulla'],
    [
      'It extends a type that no subgraph defines.',
      'Estende un tipo che nessun sottografo definisce.',
    ],
    [
      'Look for a misspelt name, or define the type without "extend".',
      'Cercare un nome scritto male, o definire il tipo senza "extend".',
    ],
  ),
  EXTERNAL_MISSING_ON_BASE: refusal(
    ['External, and nobody’s', 'Esterno, e di nessuno'],
    [
      'The field is @external here, and no other subgraph gives it.',
      'Il campo qui è @external e nessun altro sottografo lo dà.',
    ],
    [
      'Look for a misspelt name; or wait until the other subgraph has published it; or take @external off when it is yours.',
      'Cercare un nome scritto male; o attendere che l’altro sottografo lo pubblichi; o togliere @external se è proprio.',
    ],
  ),
  EXTERNAL_TYPE_MISMATCH: refusal(
    ['External of another type', 'Esterno di un altro tipo'],
    [
      'The @external field has another type than where it is given.',
      'Il campo @external ha un tipo diverso da dove è dato.',
    ],
    ['Copy the type from its owner.', 'Copiare il tipo dall’ente che lo dà.'],
  ),
  EXTERNAL_ARGUMENT_MISSING: refusal(
    ['External without its arguments', 'Esterno senza i suoi argomenti'],
    [
      'The @external field lacks an argument that it has where it is given.',
      'Al campo @external manca un argomento che ha dove è dato.',
    ],
    ['Copy the arguments from its owner.', 'Copiare gli argomenti dall’ente che lo dà.'],
  ),
  EXTERNAL_ARGUMENT_TYPE_MISMATCH: refusal(
    ['External with another argument', 'Esterno con un altro argomento'],
    [
      'An argument of the @external field has another type than where the field is given.',
      'Un argomento del campo @external ha un tipo diverso da dove il campo è dato.',
    ],
    ['Copy the argument from its owner.', 'Copiare l’argomento dall’ente che lo dà.'],
  ),
  EXTERNAL_ARGUMENT_DEFAULT_MISMATCH: refusal(
    ['External with another default', 'Esterno con un altro valore predefinito'],
    [
      'An argument of the @external field has another default than where the field is given.',
      'Un argomento del campo @external ha un valore predefinito diverso da dove il campo è dato.',
    ],
    ['Copy the default from its owner.', 'Copiare il valore predefinito dall’ente che lo dà.'],
  ),
  NO_QUERIES: refusal(
    ['Nothing to ask', 'Nulla da chiedere'],
    ['No subgraph has a field of Query.', 'Nessun sottografo ha un campo di Query.'],
    ['Add a field to Query.', 'Aggiungere un campo a Query.'],
  ),
  MISSING_TRANSITIVE_AUTH_REQUIREMENTS: refusal(
    ['It asks for less than what it is computed from', 'Chiede meno di ciò da cui è calcolato'],
    [
      'The field requires one that asks for more, and does not ask for it itself.',
      'Il campo ne richiede uno che chiede di più, e non lo chiede a sua volta.',
    ],
    [
      'Write the same @requiresScopes and @policy on it as on what it requires.',
      'Scriverci gli stessi @requiresScopes e @policy di ciò che richiede.',
    ],
  ),
} as const;
