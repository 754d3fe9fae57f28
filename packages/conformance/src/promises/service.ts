import { isObjectType } from 'graphql';
import { broken, type ConformancePromise, kept, notTried } from '../conformance-promise.ts';
import { diffSdl } from '../diff-sdl.ts';
import { dataOf, isRecord } from '../http-answer.ts';
import { plainQuestion } from '../plain-question.ts';
import { sayAnswer } from '../say-answer.ts';
import { sdlOf } from '../sdl-of.ts';
import { noModel } from '../trial.ts';

export const serviceQuestion = '{ _service { sdl } }';

/** Whether it answers the gateway at all, and says what it is. */
export const servicePromises: readonly ConformancePromise[] = [
  {
    code: 'CONTEXT_RIGHT_ACCEPTED',
    title: {
      en: 'A call with a right context is answered',
      it: 'Una chiamata con un contesto valido riceve risposta',
    },
    change: {
      en: 'Check that the subgraph runs at this address, was started with the public half of this key (same kid), and expects this name (aud) and issuer (iss); then its clock. tavolo doctor tells which.',
      it: 'Verificare che il sottografo sia attivo a questo indirizzo, avviato con la parte pubblica di questa chiave (stesso kid), e che attenda questo nome (aud) ed emittente (iss); poi il suo orologio. tavolo doctor dice quale.',
    },
    async tryOn({ talk }) {
      const what = 'a plain question ({ __typename }) with a right context';
      const answer = await talk.post(what, plainQuestion);
      return dataOf(answer)?.['__typename'] === 'Query' ? kept : broken(what, sayAnswer(answer));
    },
  },
  {
    code: 'SERVICE_SDL_PARSES',
    title: {
      en: '_service gives an SDL that can be read',
      it: '_service restituisce un SDL leggibile',
    },
    change: {
      en: 'Answer { _service { sdl } } with the SDL you published, its @link and @key included (buildSubgraphSchema of @apollo/subgraph, or your language’s federation library, does it).',
      it: 'Rispondere a { _service { sdl } } con l’SDL pubblicato, compresi @link e @key (lo fa buildSubgraphSchema di @apollo/subgraph o la libreria di federazione del linguaggio usato).',
    },
    async tryOn({ model, served }) {
      if (model !== null) return kept;
      const came = served === null ? 'no answer' : sayAnswer(served);
      const sdl = served === null ? null : sdlOf(served);
      return broken(
        serviceQuestion,
        sdl === null ? `${came}; no text at data._service.sdl` : `${came}; its text is no SDL`,
      );
    },
  },
  {
    code: 'SERVICE_SDL_AS_PUBLISHED',
    title: {
      en: 'The SDL it serves is the one that was published',
      it: 'L’SDL servito è quello pubblicato',
    },
    change: {
      en: 'Publish what you serve (tavolo subgraph publish), or deploy the version that is published; tavolo subgraph diff shows both.',
      it: 'Pubblicare ciò che si serve (tavolo subgraph publish) o installare la versione pubblicata; tavolo subgraph diff le confronta.',
    },
    async tryOn({ model, served, publishedSdl }) {
      if (publishedSdl === undefined) return notTried('no published SDL was given to compare with');
      const sdl = served === null ? null : sdlOf(served);
      if (model === null || sdl === null) return notTried(noModel);
      const differences = diffSdl(publishedSdl, sdl);
      if (differences === null) return notTried('the published SDL could not be read');
      if (differences.length === 0) return kept;
      const more = differences.length > 10 ? `, and ${differences.length - 10} more` : '';
      return broken(serviceQuestion, `${differences.slice(0, 10).join('; ')}${more}`);
    },
  },
  {
    code: 'BORDERS_NULLABLE',
    title: {
      en: 'What it adds to Person, Household and Query may be null',
      it: 'Ciò che aggiunge a Person, Household e Query può essere null',
    },
    change: {
      en: 'Take the ! off the type of these fields: when your source cannot answer, only they become null and the others’ answers stay.',
      it: 'Togliere il ! dal tipo di questi campi: se la fonte non risponde solo essi diventano null e le risposte altrui restano.',
    },
    async tryOn({ model }) {
      if (model === null) return notTried(noModel);
      const strict = ['Query', 'Person', 'Household'].flatMap((name) => {
        const type = model.schema.getType(name);
        if (!isObjectType(type)) return [];
        const keys = new Set(
          model.entities
            .filter((entity) => entity.type === type)
            .flatMap(({ leaves }) => leaves.map(({ path }) => path[0])),
        );
        return Object.values(type.getFields())
          .filter((field) => !field.name.startsWith('_') && !keys.has(field.name))
          .filter((field) => String(field.type).endsWith('!'))
          .map((field) => `${name}.${field.name}`);
      });
      if (strict.length === 0) return kept;
      return broken(serviceQuestion, `never null: ${strict.slice(0, 20).join(', ')}`);
    },
  },
  {
    code: 'INTROSPECTION_CLOSED',
    title: {
      en: 'Nobody reads the schema without a context',
      it: 'Nessuno legge lo schema senza contesto',
    },
    change: {
      en: 'Verify the context before every question, introspection and _service included; serve no explorer page on this port.',
      it: 'Verificare il contesto prima di ogni domanda, introspezione e _service compresi; nessuna pagina di esplorazione su questa porta.',
    },
    async tryOn({ talk }) {
      for (const query of ['{ __schema { queryType { name } } }', serviceQuestion]) {
        const what = `${query} without a context`;
        const answer = await talk.ask(what, query, {}, { context: null });
        if (isRecord(answer.json) && answer.json['data'] != null)
          return broken(what, sayAnswer(answer));
      }
      return kept;
    },
  },
];
