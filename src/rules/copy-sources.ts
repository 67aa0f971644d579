import type { Dockerfile, Stage } from '../model/dockerfile/dockerfile.ts';
import type { Project } from '../model/project.ts';
import type { Span } from '../vocabulary/span.ts';
import { stepsIn } from './steps.ts';

/** Where COPY --from or RUN --mount=from takes files from. */
export interface CopySource {
  readonly stage: Stage;
  /** What `--from` says; never with a variable in it, since only a build knows that. */
  readonly from: string;
  readonly span: Span;
  readonly keyword: 'COPY' | 'RUN';
  /** The stage it names or numbers, later ones and its own included: BuildKit finds them all, and then refuses circles. */
  readonly named: Stage | undefined;
}

/** Sources of all stages, in order. */
export function copySourcesOf(dockerfile: Dockerfile): readonly CopySource[] {
  return stepsIn(dockerfile, 'file').flatMap((step) => {
    const { keyword, flags } = step.instruction;
    if (keyword !== 'COPY' && keyword !== 'RUN') return [];
    const { stage } = step;
    const written =
      keyword === 'COPY'
        ? flags
            .filter(({ name }) => name === 'from')
            .map((flag) => ({ from: flag.value, span: flag.valueSpan ?? flag.span }))
        : step.mounts.map(({ from, span }) => ({ from, span }));
    return written.flatMap(({ from, span }) =>
      from === undefined || from === '' || from.includes('$')
        ? []
        : [{ stage, from, span, keyword: keyword as 'COPY' | 'RUN', named: stageOf(stage, from) }],
    );
  });
}

function stageOf(stage: Stage, from: string): Stage | undefined {
  const { stages } = stage.dockerfile;
  if (/^\d+$/.test(from)) return stages[Number(from)];
  const same = stages.filter(({ name }) => name === from.toLowerCase());
  return same.findLast(({ index }) => index < stage.index) ?? same[0];
}

/** Contexts that Compose hands to the build by name; COPY --from may take from them, too. */
export function namedContexts(dockerfile: Dockerfile, project: Project): ReadonlySet<string> {
  const names = new Set<string>();
  for (const service of project.services) {
    if (service.build?.dockerfile?.file !== dockerfile.file) continue;
    const contexts = service.attribute('build.additional_contexts');
    if (contexts?.kind === 'map') for (const name of contexts.entries.keys()) names.add(name.toLowerCase());
  }
  return names;
}
