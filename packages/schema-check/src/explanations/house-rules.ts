import { rule, waivableRule } from './explanation.ts';

/** The rules of the house: what a schema must say before people's data are asked through it. */
export const houseRules = {
  IDENTIFIER_LIKE_NAME: waivableRule(
    [
      'Named like something that identifies a person',
      'Nome che fa pensare a un dato identificativo',
    ],
    [
      'The name says that this holds what identifies a person; nothing that names a person may enter the graph.',
      'Il nome dice che contiene qualcosa che identifica una persona; nulla che nomini una persona può entrare nel grafo.',
    ],
    [
      'Take it out, or derive an opaque key from it with your own secret. If it is about a body or a place and not a person, give it a name that says so, or ask for a waiver.',
      'Toglierlo, o derivarne una chiave opaca con il proprio segreto. Se riguarda un ente o un luogo e non una persona, dargli un nome che lo dica, o chiedere una deroga.',
    ],
    [
      'Names, codice fiscale, CUI, Vestanet, STP/ENI, permit numbers, addresses, phones, e-mail, dates of birth, photographs and diagnoses in free text never leave an institution (schemas/README.md, convention 1). A waiver is given by the privacy officer of another organisation, for one coordinate.',
      'Nome, codice fiscale, CUI, Vestanet, STP/ENI, numero di permesso, indirizzo, telefono, e-mail, data di nascita, fotografie e diagnosi in testo libero non escono mai da un ente (schemas/README.md, convenzione 1). La deroga è data dal responsabile della protezione dei dati di un’altra organizzazione, per una sola coordinata.',
    ],
  ),
  KEY_NOT_OPAQUE: waivableRule(
    ['A key that identifies a person', 'Una chiave che identifica una persona'],
    [
      'A field of this @key is named like something that identifies a person; keys travel through the hub with every question.',
      'Un campo di questo @key ha il nome di qualcosa che identifica una persona; le chiavi attraversano il nodo a ogni domanda.',
    ],
    [
      'Use an opaque sector key: derived from your local id with your own secret, the same for the same person, worthless to anybody else; and mark it @inaccessible.',
      'Usare una chiave di settore opaca: derivata dal proprio identificativo locale con il proprio segreto, uguale per la stessa persona, inutile a chiunque altro; e segnarla @inaccessible.',
    ],
    [
      'Convention 2 of schemas/README.md. The person index knows which sector keys are about the same human being; nobody else needs to.',
      'Convenzione 2 di schemas/README.md. L’indice delle persone sa quali chiavi di settore riguardano lo stesso essere umano; nessun altro ne ha bisogno.',
    ],
  ),
  BORDER_NOT_NULLABLE: waivableRule(
    ['A border that cannot be null', 'Un confine che non può essere nullo'],
    [
      'This field crosses from one institution to another and is not nullable: when yours does not answer, the others’ answer would be lost with it.',
      'Questo campo passa da un ente a un altro e non è annullabile: quando il vostro non risponde, si perderebbe anche la risposta degli altri.',
    ],
    [
      'Take the ! off the field’s outer type. Null with an error means “not available”, an empty list means “none”.',
      'Togliere il ! dal tipo esterno del campo. Null con un errore significa “non disponibile”, lista vuota significa “nessuno”.',
    ],
    [
      'It holds for every field of Query and Mutation, and for every field added to a type that belongs to somebody else or to nobody (Person, Household). Inside your own types non-null is right where the value is always there.',
      'Vale per ogni campo di Query e Mutation e per ogni campo aggiunto a un tipo che è di altri o di nessuno (Person, Household). Dentro i propri tipi il non annullabile è giusto dove il valore c’è sempre.',
    ],
  ),
  DESCRIPTION_MISSING: waivableRule(
    ['Nothing says what it is', 'Nulla dice che cos’è'],
    ['It has no description.', 'Non ha una descrizione.'],
    [
      'Write one before it, in English with the Italian term in brackets: "Day of entry (data di ingresso)."',
      'Scriverne una prima, in inglese con il termine italiano tra parentesi: "Day of entry (data di ingresso)."',
    ],
    [
      'Types, fields, arguments, enum values and directives are described: the documentation that people read is made of it, and so is the judgement of purposes.',
      'Tipi, campi, argomenti, valori e direttive sono descritti: ne è fatta la documentazione che si legge, e su di essa si giudicano le finalità.',
    ],
  ),
  DESCRIPTION_WITHOUT_ITALIAN: waivableRule(
    ['No Italian term', 'Manca il termine italiano'],
    [
      'The description has no Italian term in brackets.',
      'La descrizione non ha il termine italiano tra parentesi.',
    ],
    [
      'Add the word the trade uses: "Last day (ultimo giorno)."',
      'Aggiungere la parola del mestiere: "Last day (ultimo giorno)."',
    ],
    [
      'Not asked of what clients cannot see (@inaccessible, @external), nor of the arguments first and after.',
      'Non è chiesto per ciò che i client non vedono (@inaccessible, @external), né per gli argomenti first e after.',
    ],
  ),
  ACCESS_UNDECIDED: rule(
    ['Nobody decided who may ask', 'Nessuno ha deciso chi può chiederlo'],
    [
      'Neither the field nor its type says who may read it, so nobody could.',
      'Né il campo né il suo tipo dicono chi può leggerlo: non potrebbe nessuno.',
    ],
    [
      'Write @requiresScopes(scopes: [["figures:read"]]) or another scope, @policy, or @authenticated, on the field or on its type; on fields of Query always on the field.',
      'Scrivere @requiresScopes(scopes: [["figures:read"]]) o un altro scope, @policy, oppure @authenticated, sul campo o sul suo tipo; sui campi di Query sempre sul campo.',
    ],
    [
      'figures:read is for places, bodies and figures about nobody; people:read for anything about a single person or household, however pseudonymous (schemas/README.md, “Who may ask”).',
      'figures:read è per luoghi, enti e cifre che non riguardano nessuno; people:read per tutto ciò che riguarda una persona o un nucleo, per quanto pseudonimo (schemas/README.md, “Who may ask”).',
    ],
  ),
  ACCESS_IMPOSSIBLE: rule(
    ['Nobody could ever read it', 'Nessuno potrebbe mai leggerlo'],
    [
      'What the field, its type and what it returns ask for together, no role has.',
      'Ciò che chiedono insieme il campo, il suo tipo e ciò che restituisce non lo ha nessun ruolo.',
    ],
    [
      'Ask for less, or for what one role has. To hide a field, use @inaccessible.',
      'Chiedere meno, o ciò che un ruolo ha. Per nascondere un campo usare @inaccessible.',
    ],
    [
      'Between directives it is always “and”: the field’s, its type’s, and those of the type it returns.',
      'Tra direttive vale sempre “e”: quelle del campo, del suo tipo e del tipo che restituisce.',
    ],
  ),
  OWNER_MISSING: rule(
    ['Nobody answers for it', 'Nessuno ne risponde'],
    [
      'Neither the field nor its type names the institution that decides about it.',
      'Né il campo né il suo tipo nominano l’ente che ne decide.',
    ],
    [
      'Write @owner(partner: "<your partner’s id>") on it or on its type; on fields added to Person, Household or Query always on the field.',
      'Scrivere @owner(partner: "<identificativo del proprio ente>") sul campo o sul tipo; sui campi aggiunti a Person, Household o Query sempre sul campo.',
    ],
    [
      'A purpose needs the owner’s approval before anybody reads the field for it.',
      'Una finalità richiede l’approvazione dell’ente titolare prima che qualcuno legga il campo.',
    ],
  ),
  CATEGORY_UNDECIDED: waivableRule(
    ['Perhaps a special category', 'Forse una categoria particolare'],
    [
      'Its name speaks of a special category of data (health, violence or trafficking, sexual life, ethnic origin or religion, justice, minors) and nothing says that it tells one.',
      'Il nome parla di una categoria particolare di dati (salute, violenza o tratta, vita sessuale, origine etnica o religione, giustizia, minori) e nulla dice che la riveli.',
    ],
    [
      'Write @sensitive(category: "…") on it, on its type or on the enum it returns, once for each category. If it tells nothing about a person, ask for a waiver.',
      'Scrivere @sensitive(category: "…") sul campo, sul tipo o sull’enum che restituisce, una volta per categoria. Se non dice nulla di una persona, chiedere una deroga.',
    ],
    [
      'What it lets somebody conclude counts: a visit to the paediatrician tells a minor. Fields that only figures:read, analysis:read or diagnostics:read protect are about nobody and are not asked.',
      'Conta ciò che se ne può concludere: una visita dal pediatra rivela un minore. I campi protetti solo da figures:read, analysis:read o diagnostics:read non riguardano nessuno e non sono giudicati.',
    ],
  ),
  LIST_WITHOUT_SIZE: waivableRule(
    ['A list without a size', 'Una lista senza misura'],
    [
      'Nobody can tell how long this list is before asking for it.',
      'Nessuno può dire quanto è lunga questa lista prima di chiederla.',
    ],
    [
      'Write @listSize(assumedSize: …), with slicingArguments where an argument bounds it, or name it in sizedFields of every field that returns its type.',
      'Scrivere @listSize(assumedSize: …), con slicingArguments dove un argomento la limita, o nominarla in sizedFields di ogni campo che ne restituisce il tipo.',
    ],
    [
      'The hub refuses questions that cost too much before they reach you; it reckons with these sizes.',
      'Il nodo rifiuta le domande troppo costose prima che arrivino a voi; calcola con queste misure.',
    ],
  ),
  LIST_SIZE_INCOMPLETE: waivableRule(
    ['A size that does not bound', 'Una misura che non limita'],
    [
      'Its @listSize has no assumedSize, or does not name the argument "first" that it takes.',
      'Il suo @listSize non ha assumedSize, o non nomina l’argomento "first" che accetta.',
    ],
    [
      'Write both: @listSize(assumedSize: 100, slicingArguments: ["first"], requireOneSlicingArgument: false).',
      'Scriverli entrambi: @listSize(assumedSize: 100, slicingArguments: ["first"], requireOneSlicingArgument: false).',
    ],
    [
      'assumedSize is what is reckoned when nobody says how many; slicingArguments what is reckoned when somebody does.',
      'assumedSize è ciò che si calcola quando nessuno dice quanti; slicingArguments quando qualcuno lo dice.',
    ],
  ),
  UNKNOWN_SCOPE: rule(
    ['Unknown scope', 'Scope sconosciuto'],
    [
      '@requiresScopes names a scope that nobody can have.',
      '@requiresScopes nomina uno scope che nessuno può avere.',
    ],
    ['Use one of the scopes that are known.', 'Usare uno degli scope conosciuti.'],
    [
      'figures:read, analysis:read, priority-list:read, table:write, people:read, diagnostics:read.',
      'figures:read, analysis:read, priority-list:read, table:write, people:read, diagnostics:read.',
    ],
  ),
  UNKNOWN_POLICY: rule(
    ['Unknown policy', 'Policy sconosciuta'],
    [
      '@policy names a policy that the gate does not understand.',
      '@policy nomina una policy che il varco non conosce.',
    ],
    [
      'Write role:<role>, such as role:case-worker.',
      'Scrivere role:<ruolo>, per esempio role:case-worker.',
    ],
    [
      'A word that is not understood would protect nothing, or hide everything.',
      'Una parola non capita non proteggerebbe nulla, o nasconderebbe tutto.',
    ],
  ),
  UNKNOWN_CATEGORY: rule(
    ['Unknown category', 'Categoria sconosciuta'],
    [
      '@sensitive names a category that does not exist.',
      '@sensitive nomina una categoria che non esiste.',
    ],
    ['Use one of the six categories.', 'Usare una delle sei categorie.'],
    [
      'HEALTH, VIOLENCE_TRAFFICKING, SEXUAL_LIFE_ORIENTATION, ETHNIC_RELIGION, JUDICIAL, MINOR.',
      'HEALTH, VIOLENCE_TRAFFICKING, SEXUAL_LIFE_ORIENTATION, ETHNIC_RELIGION, JUDICIAL, MINOR.',
    ],
  ),
  OWNER_UNKNOWN: rule(
    ['Unknown owner', 'Ente titolare sconosciuto'],
    [
      '@owner names a partner that is not registered.',
      '@owner nomina un ente che non è registrato.',
    ],
    [
      'Write the id of a registered partner, usually your own, or "hub" for shared reference words.',
      'Scrivere l’identificativo di un ente registrato, di solito il proprio, o "hub" per le parole comuni.',
    ],
    [
      'Nobody could approve a purpose for it. "hub" needs nobody’s approval: only for municipalities, pages and the like.',
      'Nessuno potrebbe approvare una finalità. "hub" non richiede approvazioni: solo per comuni, pagine e simili.',
    ],
  ),
  ACCESS_ARGUMENT_INVALID: rule(
    ['An access directive that asks nothing', 'Una direttiva di accesso che non chiede nulla'],
    [
      'The argument of this directive is missing, empty or of another form.',
      'L’argomento di questa direttiva manca, è vuoto o ha un’altra forma.',
    ],
    [
      'Write texts: @requiresScopes(scopes: [["people:read"]]), @policy(policies: [["role:case-worker"]]), @sensitive(category: "HEALTH"), @owner(partner: "…").',
      'Scrivere testi: @requiresScopes(scopes: [["people:read"]]), @policy(policies: [["role:case-worker"]]), @sensitive(category: "HEALTH"), @owner(partner: "…").',
    ],
    [
      'The outer list is “or”, the inner one “and”; an empty one would let everybody through.',
      'La lista esterna è “o”, l’interna è “e”; una vuota lascerebbe passare tutti.',
    ],
  ),
  DIRECTIVE_RENAMED: rule(
    ['A directive under another name', 'Una direttiva con un altro nome'],
    [
      'This @link gives an imported name another one: a decision under another name would be read as none.',
      'Questo @link dà un altro nome a ciò che importa: una decisione con un altro nome sarebbe letta come assente.',
    ],
    [
      'Take out "as", and import names as they are: import: ["@key", "@requiresScopes"].',
      'Togliere "as" e importare i nomi come sono: import: ["@key", "@requiresScopes"].',
    ],
    ['It holds for every @link.', 'Vale per ogni @link.'],
  ),
  ACCESS_DIRECTIVES_NOT_COMPOSED: rule(
    ['Decisions that would be lost', 'Decisioni che andrebbero perse'],
    [
      'The schema uses @owner or @sensitive, but its head does not carry them into the graph: composition would drop them without a word.',
      'Lo schema usa @owner o @sensitive, ma l’intestazione non li porta nel grafo: la composizione li perderebbe senza dire nulla.',
    ],
    [
      'In the head: @link(url: "https://tavolo.example/specs/access/v0.1", import: ["@owner", "@sensitive"]) @composeDirective(name: "@owner") @composeDirective(name: "@sensitive"), with "@composeDirective" among the federation’s imports.',
      'Nell’intestazione: @link(url: "https://tavolo.example/specs/access/v0.1", import: ["@owner", "@sensitive"]) @composeDirective(name: "@owner") @composeDirective(name: "@sensitive"), con "@composeDirective" tra le importazioni della federazione.',
    ],
    [
      'The head to copy is in schemas/README.md, “What a partner writes”.',
      'L’intestazione da copiare è in schemas/README.md, “What a partner writes”.',
    ],
  ),
  FEDERATION_LINK_MISSING: rule(
    ['No federation version', 'Manca la versione di federazione'],
    [
      'The schema does not link Federation 2, so it would be read by the rules of Federation 1.',
      'Lo schema non dichiara Federation 2: sarebbe letto con le regole di Federation 1.',
    ],
    [
      'Begin with: extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", …]).',
      'Cominciare con: extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", …]).',
    ],
    [
      'Import what is used, at least @key and @requiresScopes.',
      'Importare ciò che si usa, almeno @key e @requiresScopes.',
    ],
  ),
  FEATURE_NOT_EXECUTED: rule(
    ['A feature that the hub does not carry out', 'Una funzione che il nodo non esegue'],
    [
      'The schema asks for something that the gateway would ignore or do wrongly, without an error.',
      'Lo schema chiede qualcosa che il gateway ignorerebbe o farebbe male, senza errori.',
    ],
    ['Take it out.', 'Toglierla.'],
    [
      '@override(label:) always asks the old owner: use @override without a label. @fromContext arguments arrive empty: ask for the value with @requires. @cacheTag and @connect have no effect here.',
      '@override(label:) chiede sempre al vecchio titolare: usare @override senza label. Gli argomenti @fromContext arrivano vuoti: chiedere il valore con @requires. @cacheTag e @connect qui non hanno effetto.',
    ],
  ),
  REQUIRES_UNSAFE: rule(
    ['@requires that can give wrong data', '@requires che può dare dati sbagliati'],
    [
      'It requires a field with arguments: the value can be taken from a question with other arguments, without an error.',
      'Richiede un campo con argomenti: il valore può venire da una domanda con altri argomenti, senza errori.',
    ],
    [
      'Give the other subgraph a field without arguments for this, or mark the required field @inaccessible and require it always with the same arguments.',
      'Dare all’altro sottografo un campo senza argomenti per questo, o segnare @inaccessible il campo richiesto e richiederlo sempre con gli stessi argomenti.',
    ],
    [
      'A required field travels under its own name, and there is one of that name in each answer.',
      'Un campo richiesto viaggia con il proprio nome, e in ogni risposta ce n’è uno solo con quel nome.',
    ],
  ),
  SUBSCRIPTION_NOT_SUPPORTED: rule(
    ['Subscriptions are not served', 'Le subscription non sono servite'],
    ['The schema has a subscription type.', 'Lo schema ha un tipo subscription.'],
    [
      'Take it out; clients ask again, with a cursor or a moment to ask from.',
      'Toglierlo; i client richiedono, con un cursore o un momento da cui chiedere.',
    ],
    [
      'The gate judges each question by itself; a stream that outlives its permission could not be ended in time.',
      'Il varco giudica ogni domanda; un flusso che sopravvive al proprio permesso non potrebbe essere chiuso in tempo.',
    ],
  ),
  SHARED_TYPE_DIFFERS: rule(
    ['A shared definition that differs', 'Una definizione comune che differisce'],
    [
      'This type or directive is shared by all subgraphs, and its definition is not that of the house: it would not compose, or not mean the same.',
      'Questo tipo o direttiva è comune a tutti i sottografi e la definizione non è quella della casa: non comporrebbe, o non significherebbe lo stesso.',
    ],
    ['Replace it by the house’s definition.', 'Sostituirlo con la definizione della casa.'],
    [
      'The definitions are on the contract page (schemas/README.md, /docs/contract of the gateway), under “Shared definitions”. Descriptions are yours; fields, types and directives are not.',
      'Le definizioni sono nella pagina del contratto (schemas/README.md, /docs/contract del gateway), alla voce “Shared definitions”. Le descrizioni sono vostre; campi, tipi e direttive no.',
    ],
  ),
  NAME_NOT_ALLOWED: rule(
    ['A name that cannot be used', 'Un nome che non si può usare'],
    [
      'The name is reserved: it holds two underscores in a row, is a word of the machine’s own, or is longer than 100 characters.',
      'Il nome è riservato: contiene due trattini bassi di seguito, è una parola della macchina, o supera i 100 caratteri.',
    ],
    ['Give it a plain name.', 'Dargli un nome semplice.'],
    [
      'Two underscores belong to GraphQL and to the federation (what has them is hidden from clients); __proto__, constructor and the like break programs that read answers.',
      'Due trattini bassi appartengono a GraphQL e alla federazione (ciò che li ha è nascosto ai client); __proto__, constructor e simili rompono i programmi che leggono le risposte.',
    ],
  ),
  DUPLICATE_NAME: rule(
    ['The same name twice', 'Lo stesso nome due volte'],
    [
      'Something of this name is defined twice in the same place.',
      'Qualcosa con questo nome è definito due volte nello stesso posto.',
    ],
    [
      'Keep one. To add fields to a type of your own in another file, write "extend type".',
      'Tenerne uno. Per aggiungere campi a un proprio tipo in un altro file, scrivere "extend type".',
    ],
    [
      'It holds for types, fields, arguments, enum values and directives, in all files of a subgraph together.',
      'Vale per tipi, campi, argomenti, valori e direttive, in tutti i file di un sottografo insieme.',
    ],
  ),
  SYNTAX_ERROR: rule(
    ['Not GraphQL', 'Non è GraphQL'],
    ['The text cannot be read as GraphQL.', 'Il testo non si legge come GraphQL.'],
    [
      'Look at this line and the one before it: a bracket, a quote or a colon is missing, or one is too many.',
      'Guardare questa riga e la precedente: manca, o è di troppo, una parentesi, una virgoletta o i due punti.',
    ],
    [
      'Each file is read by itself, so a bracket left open in one is told there.',
      'Ogni file è letto per sé: una parentesi lasciata aperta è segnalata lì.',
    ],
  ),
  SCHEMA_EMPTY: rule(
    ['Nothing in it', 'Non c’è nulla'],
    ['No file of the subgraph defines anything.', 'Nessun file del sottografo definisce qualcosa.'],
    ['Send the files that hold the schema.', 'Inviare i file che contengono lo schema.'],
    [
      'To take a subgraph out of the graph, archive it: tavolo subgraph archive NAME.',
      'Per togliere un sottografo dal grafo, archiviarlo: tavolo subgraph archive NOME.',
    ],
  ),
  SCHEMA_TOO_LARGE: rule(
    ['Too much', 'Troppo'],
    [
      'The schema is larger than the hub reads: it would hold up everybody’s publications.',
      'Lo schema è più grande di quanto il nodo legga: fermerebbe le pubblicazioni di tutti.',
    ],
    [
      'Publish what is asked for and no more; split what is left over several subgraphs.',
      'Pubblicare ciò che viene chiesto e nulla di più; dividere il resto in più sottografi.',
    ],
    [
      'Limits of one subgraph: 2,000,000 characters, 300,000 tokens, 2,000 types, 20,000 fields, 32 levels of nesting, 50 directives on one element and 40,000 in all, 2,000 characters in a field set.',
      'Limiti di un sottografo: 2.000.000 caratteri, 300.000 token, 2.000 tipi, 20.000 campi, 32 livelli di annidamento, 50 direttive su un elemento e 40.000 in tutto, 2.000 caratteri in un field set.',
    ],
  ),
  SUBGRAPH_REPEATED: rule(
    ['The same subgraph twice', 'Lo stesso sottografo due volte'],
    ['Two schemas were sent under one name.', 'Due schemi sono stati inviati con un solo nome.'],
    [
      'Send each subgraph once, with all its files.',
      'Inviare ogni sottografo una volta, con tutti i suoi file.',
    ],
    [
      'Several subgraphs that change together are sent at once, each under its own name.',
      'Più sottografi che cambiano insieme si inviano insieme, ciascuno con il proprio nome.',
    ],
  ),
} as const;
