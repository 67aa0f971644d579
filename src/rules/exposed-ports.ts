import type { Dockerfile, Stage } from '../model/dockerfile/dockerfile.ts';
import { type PortError, type PortMapping, parsePort } from '../vocabulary/port.ts';
import type { Span } from '../vocabulary/span.ts';
import { stepsIn } from './steps.ts';

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
  return stepsIn(dockerfile, 'file', 'EXPOSE').flatMap(({ instruction, scope, stage }) =>
    instruction.words.flatMap((word) => {
      const { text, unset } = scope.expand(word.text);
      if (text === undefined || unset.length > 0) return [];
      // A variable may hold several.
      return text
        .split(/\s+/)
        .filter((one) => one !== '')
        .map((one) => ({ stage, span: word.span, text: one, port: parsePort(one) }));
    }),
  );
}
