import { languageCommand } from '../../../model/image/language-packages.ts';
import { packageCommand } from '../../../model/image/package-commands.ts';
import { stepsIn } from '../../../rules/steps.ts';
import { type Answer, notAsked, weigh } from './answer.ts';
import { ask, built, imageFaults, type Look, part, unreadable } from './look.ts';

/** What builds stays behind in an earlier stage. */
export function multiStage(look: Look): Answer {
  const named = {
    ids: ['dockerfile/compilers-in-final-stage', 'dockerfile/dev-dependencies', 'dockerfile/heavy-base'],
  };
  return weigh(
    ask(built(look), (service) => {
      const unread = unreadable(look, service);
      const dockerfile = service.build?.dockerfile;
      if (unread || !dockerfile) return unread;
      const copy = stepsIn(dockerfile, 'image').find(
        ({ instruction }) => instruction.keyword === 'COPY' && instruction.flags.some(({ name }) => name === 'from'),
      );
      if (copy)
        return part(
          look,
          'pass',
          service,
          ['takes from an earlier stage only what runs', 'take from an earlier stage only what runs'],
          copy.instruction.span,
        );
      const faults = imageFaults(look, service, named);
      if (faults.length > 0) return faults;
      const compiles = stepsIn(dockerfile, 'image', 'RUN')
        .flatMap(({ commands }) => commands)
        .find(({ name, words }) =>
          isCompile(
            name,
            words.map(({ text }) => text),
          ),
        );
      if (compiles)
        return part(
          look,
          'fail',
          service,
          `: ${compiles.words
            .slice(0, 3)
            .map(({ text }) => text)
            .join(' ')} runs in the stage that is the image`,
          compiles.span,
        );
      return part(
        look,
        'pass',
        service,
        ': its one stage neither compiles nor leaves build tools behind',
        service.image.stage?.from.span,
      );
    }),
    'no image is built here',
  );
}

function isCompile(name: string | undefined, words: readonly string[]): boolean {
  const [, first = '', second = ''] = words;
  if (name === undefined) return false;
  if (/^(?:gcc|g\+\+|cc|clang|make|cmake|ninja|tsc|javac|rustc|mvnw?|gradlew?)$/.test(name))
    return !words.includes('--version');
  if (name === 'go' || name === 'cargo') return first === 'build' || first === 'install';
  if (name === 'dotnet') return first === 'publish' || first === 'build';
  if (/^(?:npm|yarn|pnpm|bun)$/.test(name)) return (first === 'run' ? second : first).startsWith('build');
  return name === 'ng' && first === 'build';
}

/** The list of the ML service asks only where something is compiled or installed. */
export function multiStageIfApplicable(look: Look): Answer {
  const has = built(look).some(
    ({ build }) =>
      build?.dockerfile &&
      stepsIn(build.dockerfile, 'build', 'RUN').some(({ commands }) =>
        commands.some((command) => languageCommand(command) ?? packageCommand(command)),
      ),
  );
  return has ? multiStage(look) : notAsked('nothing is compiled or installed here');
}
