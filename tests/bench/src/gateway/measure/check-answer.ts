import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { createJsonPoster, postOrThrow } from '../../json-poster.ts';
import { bodyOf, type Question } from '../graph/questions.ts';
import type { RunningPeer } from '../peers/gateway-peer.ts';

const answerShape = z.looseObject({ data: z.record(z.string(), z.unknown()) });

export interface CheckedAnswer {
  readonly bytes: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Asks once; throws when the answer has an error of any kind or is not `expected`, the order of fields aside. */
export async function checkAnswer(
  peer: RunningPeer,
  question: Question,
  expected?: CheckedAnswer['data'],
): Promise<CheckedAnswer> {
  const poster = createJsonPoster(peer.url, peer.headers);
  try {
    const text = await postOrThrow(poster, bodyOf(question));
    const { data } = answerShape.parse(JSON.parse(text));
    if (expected && !isDeepStrictEqual(data, expected)) {
      throw new Error('the answer is not the one of the others');
    }
    return { bytes: Buffer.byteLength(text), data };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${peer.name}, ${question.name}: ${why}`, { cause: error });
  } finally {
    poster.close();
  }
}
