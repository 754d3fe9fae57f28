import { setTimeout as delay } from 'node:timers/promises';
import { type JsonPoster, postOrThrow, readOrThrow } from './json-poster.ts';

/** How long a question waits for its turn: two of the gateway's minutes. */
const mostWaits = 2;
/** No wait is longer, whatever is answered. */
const longestWaitSeconds = 61;

/** Like `postOrThrow`, but waits where the gateway says that the minute's cost is used up. */
export async function postPatiently(poster: JsonPoster, body: string): Promise<string> {
  for (let waits = 0; waits < mostWaits; waits += 1) {
    const answer = await poster.post(body);
    if (answer.status !== 429) return readOrThrow(answer);
    await waitSeconds(answer.headers['retry-after']);
  }
  return postOrThrow(poster, body);
}

/** Asks once, and waits for the next minute when less than this share (0–1) of this one's cost is left. */
export async function waitForAllowance(
  poster: JsonPoster,
  body: string,
  share: number,
): Promise<void> {
  const { headers } = await poster.post(body);
  const left = Number(headers['x-ratelimit-remaining']) / Number(headers['x-ratelimit-limit']);
  if (!(left >= share)) await waitSeconds(headers['x-ratelimit-reset']);
}

async function waitSeconds(header: string | string[] | undefined): Promise<void> {
  const seconds = Number(header);
  if (!(seconds >= 0)) throw new Error('the gateway does not say how long to wait');
  await delay(Math.min(seconds, longestWaitSeconds) * 1_000);
}
