import type { ComposeProject } from './compose/load.ts';

/** The Compose project, merged and canonical; see `compose/load.ts`. */
export type ComposeModel = ComposeProject;
