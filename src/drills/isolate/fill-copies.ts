import type { Engine } from '../../engine/engine.ts';
import type { StackPlan } from '../../stack/plan.ts';
import type { Copy } from './isolated.ts';

/** In the making. */
export async function fillCopies(
  _engine: Engine,
  _image: string,
  _copies: readonly Copy[],
  _world: string,
  _plan: StackPlan,
): Promise<void> {}
