import { readFile } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import type { CpuProfile } from './group-self-time.ts';

/** The profile with the files that functions were written in, where what ran was compiled from them into one. */
export async function withSourceUrls(profile: CpuProfile): Promise<CpuProfile> {
  const urls = new Set(profile.nodes.map(({ callFrame }) => callFrame.url));
  const maps = new Map<string, SourceMap>();
  for (const url of urls) {
    const map = url.startsWith('file:') ? await readMap(url) : undefined;
    if (map) maps.set(url, map);
  }
  return {
    ...profile,
    nodes: profile.nodes.map((node) => {
      const { url, lineNumber, columnNumber } = node.callFrame;
      const entry = maps.get(url)?.findEntry(lineNumber, columnNumber);
      if (!entry || !('originalSource' in entry)) return node;
      const source = new URL(entry.originalSource, url).href;
      return { ...node, callFrame: { ...node.callFrame, url: source } };
    }),
  };
}

async function readMap(url: string): Promise<SourceMap | undefined> {
  const text = await readFile(new URL(`${url}.map`), 'utf8').catch(() => undefined);
  // As the compiler writes it.
  return text === undefined ? undefined : new SourceMap(JSON.parse(text) as SourceMapPayload);
}
