import { z } from 'zod';

/** What `@requiresScopes` names in the SDLs; every field of the graph asks for one of them. */
export const scopes = [
  /** Places, facilities, municipalities, organisations and figures: nothing about a single person. */
  'figures:read',
  /** Anything about a single person or household, however pseudonymous. */
  'people:read',
  /** Protected figures out of the facts, asked freely. */
  'analysis:read',
  /** The weekly priority list: who waits, by a pseudonym of that list. */
  'priority-list:read',
  /** Keeping the table's own register and protocols. */
  'table:write',
  /** How feeds and links are doing: rejections, quality, unmapped codes. */
  'diagnostics:read',
] as const;

export const scopeName = z.enum(scopes);
export type Scope = z.infer<typeof scopeName>;
