/** Every answer says which sources it used: one that came about before any was asked says "none". */
export function withSources(answer: {
  readonly extensions?: Record<string, unknown>;
  readonly errors?: unknown;
}): object {
  if (answer.extensions && 'sources' in answer.extensions) return answer;
  return { ...answer, extensions: { ...answer.extensions, sources: [] } };
}
