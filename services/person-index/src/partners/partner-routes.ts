import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findTokenOwner, type TokenHashes } from '../find-token-owner.ts';
import { FOUNDING_PARTNERS } from '../partner.ts';
import { readBody } from '../read-body.ts';
import { answerRefusal, Refusal } from '../refusal.ts';
import type { PersonIndexStore, SavedPartner } from '../store/person-index-store.ts';
import { institutionOf, keyFieldOf } from './further-partner.ts';
import type { PartnerDirectory } from './partner-directory.ts';
import { MOST_PARTNERS, partnerForm, readPartnerName } from './partner-form.ts';

export interface PartnerRoutesOptions {
  readonly store: Pick<PersonIndexStore, 'savePartner' | 'removePartner'>;
  readonly directory: PartnerDirectory;
  readonly operatorTokens: TokenHashes<string>;
  /** Tokens that are somebody's by the environment: no further partner may have the same. */
  readonly takenTokens: readonly string[];
  /** What the operator publishes. */
  readonly sdl: () => string;
  readonly logger: {
    info(what: object, message: string): void;
    error(failure: object, message: string): void;
  };
}

const longestBody = 16 * 1024;

const refusals: Readonly<Record<Exclude<SavedPartner, 'SAVED'>, string>> = {
  TOO_MANY: `name: the index takes ${MOST_PARTNERS} partners beside the founding ones; remove one first`,
  TOKEN_TAKEN: 'tokenSha256: is that of somebody else’s token; draw another',
  BEING_FORGOTTEN:
    'name: the records of the partner of this name are still being forgotten; again in a minute',
};

/**
 * `/partners/…`: the operator takes institutions in and out while the index runs. Nobody learns a token or a figure here;
 * `/partners/sdl` is the schema alone, which the graph publishes anyway, and asks for no token.
 */
export function partnerRoutes(options: PartnerRoutesOptions): (app: FastifyInstance) => void {
  const { store, directory, operatorTokens, logger } = options;
  const logError = (failure: object) => logger.error(failure, 'a change of partners failed');
  return (app) => {
    app.get('/partners/sdl', (_request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(options.sdl()),
    );
    void app.register(
      (routes, _options, done) => {
        const officeOf = new WeakMap<FastifyRequest, string>();
        routes.addHook('onRequest', (request, _reply, next) => {
          const office = findTokenOwner(operatorTokens, request.headers.authorization);
          if (office !== null) officeOf.set(request, office);
          next(office === null ? new Refusal('UNAUTHENTICATED') : undefined);
        });
        routes.setErrorHandler((error, _request, reply) => answerRefusal(error, reply, logError));
        routes.setNotFoundHandler((_request, reply) =>
          answerRefusal(new Refusal('NOT_FOUND'), reply, logError),
        );

        routes.get('/', async () => {
          await directory.refresh();
          return { partners: listed(directory) };
        });
        routes.put<{ Params: { name: string } }>(
          '/:name',
          { bodyLimit: longestBody },
          async (request) => {
            await directory.refresh();
            const { enrolling, removed } = directory.current();
            const name = readPartnerName(request.params.name, [...enrolling, ...removed]);
            const { label, tokenSha256 } = readBody(partnerForm, request.body);
            if (options.takenTokens.includes(tokenSha256)) {
              throw new Refusal('BAD_USER_INPUT', refusals.TOKEN_TAKEN);
            }
            const saved = await store.savePartner({ name, label, tokenSha256 }, MOST_PARTNERS);
            if (saved !== 'SAVED') throw new Refusal('BAD_USER_INPUT', refusals[saved]);
            await directory.refresh();
            logger.info({ partner: name, office: officeOf.get(request) }, 'partner taken in');
            return viewOf(name, 'ENROLLING');
          },
        );
        routes.delete<{ Params: { name: string } }>('/:name', async (request) => {
          const { name } = request.params;
          if (!(await store.removePartner(name))) {
            throw new Refusal('NOT_FOUND', 'No partner of this name was taken in and enrols');
          }
          await directory.refresh();
          logger.info({ partner: name, office: officeOf.get(request) }, 'partner removed');
          return viewOf(name, 'REMOVED');
        });
        done();
      },
      { prefix: '/partners' },
    );
  };
}

type PartnerState = 'FOUNDING' | 'ENROLLING' | 'REMOVED';

function viewOf(name: string, state: PartnerState) {
  return { name, state, keyField: keyFieldOf(name), institution: institutionOf(name) };
}

function listed(directory: PartnerDirectory) {
  const { enrolling, removed } = directory.current();
  return [
    ...FOUNDING_PARTNERS.map((name) => viewOf(name, 'FOUNDING')),
    ...enrolling.map(({ name, label }) => ({ ...viewOf(name, 'ENROLLING'), label })),
    ...removed.map(({ name, label }) => ({ ...viewOf(name, 'REMOVED'), label })),
  ];
}
