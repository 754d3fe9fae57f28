import type { AnalysisContext } from './analysis/module.ts';
import type { ImmediateReceptionContext } from './immediate-reception/module.ts';
import type { IndicatorsContext } from './indicators/module.ts';
import type { RequestContext } from './module.ts';
import type { PriorityListContext } from './priority-list/module.ts';
import type { ReferenceContext } from './reference/module.ts';
import type { RotationContext } from './rotation/module.ts';
import type { TableContext as TableRegisterContext } from './table/module.ts';

/** What one request may use; each part of the service adds its own. */
export type TableContext = RequestContext &
  ReferenceContext &
  TableRegisterContext &
  RotationContext &
  PriorityListContext &
  ImmediateReceptionContext &
  AnalysisContext &
  IndicatorsContext;
