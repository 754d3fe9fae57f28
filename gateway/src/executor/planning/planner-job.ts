import type { QueryPlan } from '@apollo/query-planner';

/** What the planner's thread is asked; `id` 0 is not answered. */
export type PlannerJob = { readonly id: number; readonly graph: number } & (
  | { readonly kind: 'load'; readonly sdl: string; readonly validate: boolean }
  | { readonly kind: 'plan'; readonly operation: string }
  | { readonly kind: 'drop' }
);

export type PlannerReply = { readonly id: number } & (
  | { readonly kind: 'loaded' }
  | { readonly kind: 'planned'; readonly plan: QueryPlan }
  | { readonly kind: 'failed'; readonly message: string }
);
