import { dataOf, type HttpAnswer, isRecord } from './http-answer.ts';

/** The text at `data._service.sdl`; null = there is none. */
export function sdlOf(answer: HttpAnswer): string | null {
  const service = dataOf(answer)?.['_service'];
  const sdl = isRecord(service) ? service['sdl'] : undefined;
  return typeof sdl === 'string' && sdl.trim() !== '' ? sdl : null;
}
