import { atRunTime } from './at-run-time.ts';
import { beforeDeployment } from './before-deployment.ts';
import { composeReview } from './compose-review.ts';
import { dockerfileReview } from './dockerfile-review.ts';
import type { ChecklistItem } from './item.ts';
import { mlService } from './ml-service.ts';
import { productionReadiness } from './production-readiness.ts';
import { twelveFactors } from './twelve-factors.ts';

export type { ChecklistItem, ChecklistRow, Lesson } from './item.ts';

/** Every item of the lessons' checklists, in the order of the mission's rows. What two lessons ask is one item here. */
export const checklistItems: readonly ChecklistItem[] = [
  ...productionReadiness,
  ...beforeDeployment,
  ...dockerfileReview,
  ...composeReview,
  ...atRunTime,
  ...mlService,
  ...twelveFactors,
];
