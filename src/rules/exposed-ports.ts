import type { Dockerfile, Stage } from '../model/dockerfile/dockerfile.ts';
import { type PortError, type PortMapping, parsePort } from '../vocabulary/port.ts';
import type { Span } from '../vocabulary/span.ts';

/** One port of EXPOSE, variables put in. */
export interface ExposedPort {
  readonly stage: Stage;
  readonly span: Span;
  /** As Docker reads it. */
  readonly text: string;
  readonly port: PortMapping | PortError;
}

/** All of a file's EXPOSE; ports whose variables nothing sets are left out. */
export function exposedPortsOf(dockerfile: Dockerfile): readonly ExposedPort[] {
  return dockerfile.stages.flatMap((stage) =>
    stage.steps.flatMap((step) => {
      if (step.instruction.keyword !== 'EXPOSE') return [];
      return step.instruction.words.flatMap((word) => {
        const { text, unset } = step.scope.expand(word.text);
        if (text === undefined || unset.length > 0) return [];
        // A variable may hold several.
        return text
          .split(/\s+/)
          .filter((one) => one !== '')
          .map((one) => ({ stage, span: word.span, text: one, port: parsePort(one) }));
      });
    }),
  );
}
