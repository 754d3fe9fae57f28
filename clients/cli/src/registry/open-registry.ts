import type { z } from 'zod';
import { NotReached } from '../cli-error.ts';
import type { CliSurroundings } from '../cli-surroundings.ts';
import { goodLogin } from '../login/good-login.ts';
import { howToLogIn, registryResource } from '../login/resources.ts';
import type { Project } from '../project/read-project.ts';
import { askHttp } from './ask-http.ts';
import { chooseRegistry } from './registry-address.ts';
import { RegistryRefusal, readProblem } from './registry-refusal.ts';

/** One request of the registry. */
export interface RegistryRequest {
  readonly method?: 'GET' | 'PUT' | 'POST';
  /** With the query; its parts are encoded by who writes it. */
  readonly path: string;
  readonly body?: object;
  /** The ETag of what is changed. */
  readonly ifMatch?: string;
  readonly timeoutMs?: number;
  /** Who may do it, for somebody who may not: `partner-it of reception-centres, or hub-operator`. */
  readonly needs: string;
}

export interface Registry {
  /** Where it is, for people. */
  readonly origin: string;
  /** The identity provider that the user is logged in at. */
  readonly issuer: string;
  /** Asks, and rejects with {@link RegistryRefusal} or `NotReached`; fields it does not know are left out. */
  ask<T>(request: RegistryRequest, answer: z.ZodType<T>): Promise<T>;
  /** The same; null for what is not there. */
  find<T>(request: RegistryRequest, answer: z.ZodType<T>): Promise<Found<T> | null>;
}

/** An entry with its ETag. */
export interface Found<T> {
  readonly entry: T;
  readonly etag: string | null;
}

export interface RegistryOptions {
  readonly registry?: string;
  /** Seconds. */
  readonly timeout?: number;
}

const defaultTimeoutMs = 120_000;

/** The registry as whoever is logged in; says how to log in when nobody is. */
export async function openRegistry(
  options: RegistryOptions,
  project: Project | null,
  surroundings: CliSurroundings,
): Promise<Registry> {
  const address = await chooseRegistry(options.registry, project, surroundings);
  const { accessToken, issuer } = await goodLogin(registryResource, surroundings);
  const timeoutMs = options.timeout === undefined ? defaultTimeoutMs : options.timeout * 1000;
  const whom = 'the registry';

  async function find<T>(request: RegistryRequest, answer: z.ZodType<T>): Promise<Found<T>> {
    const { method = 'GET', path, body, ifMatch, needs } = request;
    const { status, etag, text } = await askHttp({
      method,
      url: new URL(`${address.pathname.replace(/\/$/u, '')}${path}`, address),
      headers: {
        accept: 'application/json, application/problem+json',
        authorization: `Bearer ${accessToken}`,
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      },
      body,
      timeoutMs: request.timeoutMs ?? timeoutMs,
      whom,
    });
    if (status >= 400) {
      const problem = readProblem(text);
      if (problem === null) throw notARegistry(address, status);
      const advice =
        {
          401: `\nLog in again: ${howToLogIn(registryResource, issuer)}`,
          403: `\nThis takes the role ${needs}: ${howToLogIn(registryResource, issuer)}`,
        }[status] ?? '';
      if (status === 429 || status >= 500) {
        throw new NotReached(
          `${whom} cannot do this now: ${problem.code}: ${problem.title}. ${problem.detail}`,
        );
      }
      throw new RegistryRefusal(whom, status, problem, advice);
    }
    const entry = answer.safeParse(parse(text));
    if (!entry.success) throw notARegistry(address, status);
    return { entry: entry.data, etag };
  }

  return {
    origin: address.origin,
    issuer,
    ask: async (request, answer) => (await find(request, answer)).entry,
    find: async (request, answer) => {
      try {
        return await find(request, answer);
      } catch (error) {
        if (error instanceof RegistryRefusal && error.status === 404) return null;
        throw error;
      }
    },
  };
}

function notARegistry({ origin }: URL, status: number): NotReached {
  return new NotReached(
    `${origin} answered ${status}, and not as a registry of this version does: is --registry right, and is it this hub's tavolo?`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
