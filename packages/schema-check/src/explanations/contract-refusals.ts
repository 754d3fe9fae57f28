import { rule } from './explanation.ts';

/** Why a schema variant cannot be made. */
export const contractRefusals = {
  CONTRACT_LEAVES_NOTHING: rule(
    ['A contract that leaves no question', 'Un contratto che non lascia domande'],
    [
      'With these tags no field of Query is left, so there would be nothing to ask.',
      'Con queste etichette non resta alcun campo di Query: non ci sarebbe nulla da chiedere.',
    ],
    [
      'Tag at least one field of Query with one of the tags that are included, or include another tag.',
      'Etichettare almeno un campo di Query con una delle etichette incluse, o includerne un’altra.',
    ],
    [
      'With includeTags only what carries one of them stays: the field, or the type it stands in. What a field returns must stay too.',
      'Con includeTags resta solo ciò che ne porta una: il campo, o il tipo in cui si trova. Deve restare anche ciò che un campo restituisce.',
    ],
  ),
  CONTRACT_NOT_APPLICABLE: rule(
    ['A contract that cannot be applied', 'Un contratto che non si può applicare'],
    [
      'What the contract leaves is no valid schema.',
      'Ciò che il contratto lascia non è uno schema valido.',
    ],
    [
      'Look at what is excluded: an argument that is required, or a type that what stays refers to.',
      'Guardare ciò che è escluso: un argomento obbligatorio, o un tipo a cui si riferisce ciò che resta.',
    ],
    [
      'The whole graph is not touched by a contract; it keeps being served.',
      'Il grafo intero non è toccato da un contratto; continua a essere servito.',
    ],
  ),
} as const;
