import { buildOnlyPackage } from '../../knowledge/packages.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { languageCommand } from '../../model/image/language-packages.ts';
import { packageCommand } from '../../model/image/package-commands.ts';
import { inside, type Understood } from './understood.ts';

const harmless = /^(?:rm|mkdir|cp|mv|echo|cat|ls|true|set|test|\[|:|find|chmod|chown)$/;

/** Every RUN line must be one of those that work in the project's own directory. */
export function lineOutside({ stage, workdir }: Understood, programs: RegExp): string | undefined {
  for (const step of stage.steps) {
    const { instruction } = step;
    if (/^(?:COPY|ADD)$/.test(instruction.keyword)) {
      const to = inside(step.workdir?.value ?? '/', instruction.words.at(-1)?.text ?? '');
      if (to !== workdir && !to.startsWith(`${workdir}/`)) return `files are copied to ${to}, outside of ${workdir}`;
    }
    if (instruction.keyword !== 'RUN') continue;
    for (const command of step.commands) {
      const run = languageCommand(command);
      const packages = packageCommand(command);
      if (packages) {
        const needed =
          packages.verb === 'install'
            ? packages.packages.find(({ text }) => buildOnlyPackage(text) === undefined || isLibrary(text))
            : undefined;
        if (needed) return `it installs ${needed.text}, which the app may call`;
      } else if (run) {
        if (run.options.flags.has('-g') || run.options.flags.has('--global') || run.verb.startsWith('global'))
          return `it installs ${run.operands[0]?.text ?? 'packages'} for the whole image`;
      } else if (
        command.words.length > 0 &&
        !harmless.test(command.name ?? '') &&
        !programs.test(command.name ?? '') &&
        !/node_modules\/\.bin\//.test(command.words[0]?.text ?? '')
      )
        return `what "${command.name ?? command.words[0]?.text}" leaves behind is not known`;
      const away = command.words
        .slice(1)
        .find(
          ({ text }) =>
            text.startsWith('/') &&
            text !== workdir &&
            !text.startsWith(`${workdir}/`) &&
            !/^\/(?:tmp|var\/lib\/apt|root\/\.(?:npm|cache))/.test(text),
        );
      if (away) return `a RUN line touches ${away.text}, outside of ${workdir}`;
    }
  }
  return undefined;
}

/** Headers of a library: what is compiled against them needs the library when it runs. */
function isLibrary(name: string): boolean {
  return /-dev$|-devel$/.test(name) && !/^(?:libc6|musl|linux|python3?|python3\.\d+|build)-dev/.test(name);
}

/** Who the app runs as by its own lines; undefined for root. */
export function userAtEnd(steps: readonly Step[]): string | undefined {
  const user = steps.findLast(({ instruction }) => instruction.keyword === 'USER')?.instruction.words[0]?.text;
  return user === undefined || /^(?:root|0)\b|\$/.test(user) ? undefined : user.split(':')[0];
}

/** A USER that no RUN follows says who the app runs as, and no more. */
export function isForApp({ instruction, stage, index }: Step): boolean {
  return (
    instruction.keyword === 'USER' && !stage.steps.slice(index + 1).some((later) => later.instruction.keyword === 'RUN')
  );
}
