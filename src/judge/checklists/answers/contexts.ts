import type { BuildContext } from '../../../model/build-context.ts';
import { stepsIn } from '../../../rules/steps.ts';
import { type Answer, type Part, weigh } from './answer.ts';
import { ask, built, findingsOf, imageFaults, type Look, part } from './look.ts';

/** What must stay out of an image is kept out of the build. */
export function dockerignore(look: Look): Answer {
  const named = { ids: ['project/missing-dockerignore', 'project/baggage-in-context', 'project/secrets-in-context'] };
  const faults = findingsOf(look, { ...named, anySeverity: true }).map(
    ({ file, span, message }): Part => ({
      state: 'fail',
      name: file,
      words: `: ${message}`,
      at: `${file}:${span.start.line}`,
    }),
  );
  if (faults.length > 0) return weigh(faults, '');
  const seen = new Set<BuildContext>();
  return weigh(
    ask(built(look), (service) => {
      const context = service.build?.dockerfile && look.project.contextOf(service.build.dockerfile);
      if (!context || seen.has(context)) return undefined;
      seen.add(context);
      const silent = imageFaults(look, service, named);
      if (silent.length > 0) return silent;
      if (context.ignoreFile)
        return {
          ...part(look, 'pass', service, `: ${context.ignoreFile.path} keeps out what does not belong`),
          at: `${context.ignoreFile.path}:1`,
        };
      const whole =
        service.build?.dockerfile &&
        stepsIn(service.build.dockerfile, 'build').find(
          ({ instruction }) =>
            /^(?:COPY|ADD)$/.test(instruction.keyword) &&
            instruction.words.slice(0, -1).some(({ text }) => /^(?:\.\/?|\*|\/)$/.test(text)) &&
            !instruction.flags.some(({ name }) => name === 'from'),
        );
      return whole
        ? part(
            look,
            'fail',
            service,
            ': the whole directory is copied, and no .dockerignore keeps anything out',
            whole.instruction.span,
          )
        : part(
            look,
            'pass',
            service,
            ['copies only what it names', 'copy only what they name'],
            service.image.stage?.from.span,
          );
    }),
    'nothing is built from a directory of the project',
  );
}
