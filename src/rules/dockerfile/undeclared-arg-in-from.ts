import { parseImageReference } from '../../knowledge/image-reference.ts';
import type { From } from '../../model/dockerfile/dockerfile.ts';
import type { Variable } from '../../model/dockerfile/scope.ts';
import { bareVariables } from '../bare-variables.ts';
import type { Rule } from '../rule.ts';

export const undeclaredArgInFrom: Rule = {
  id: 'dockerfile/undeclared-arg-in-from',
  summary: 'FROM with a variable that has no value',
  why: 'The variable is empty there, so that a plain "docker build" stops at this line or starts from another image.',
  sources: [
    'https://docs.docker.com/reference/build-checks/undefined-arg-in-from/',
    'https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG1'],
  aliases: ['buildkit:UndefinedArgInFrom', 'buildkit:InvalidDefaultArgInFrom', 'dockerfile-utils:BASE_NAME_EMPTY'],
  byHand: 'only you know the value',
  examples: { bad: 'bad-undeclared', good: 'good-declared' },
  dockerfile(dockerfile, report) {
    const declared = dockerfile.globalArguments;
    for (const { from } of dockerfile.stages) {
      for (const name of undeclaredPlatform(from, declared))
        report({
          at: from.platform?.span ?? from.span,
          message: `No ARG before the first FROM declares ${name}, so the platform is empty here`,
          aliases: ['buildkit:UndefinedArgInFrom'],
        });
      const references = bareVariables(from.written);
      const bare = from.unset.filter((name) => references.has(name));
      const undeclared = bare.filter((name) => !declared.some((argument) => argument.name === name));
      const ifEmpty = withEmpty(from, declared) === '' ? ['dockerfile-utils:BASE_NAME_EMPTY'] : [];
      for (const name of undeclared)
        report({
          at: from.span,
          message: `No ARG before the first FROM declares ${name}, so it is empty here`,
          aliases: ['buildkit:UndefinedArgInFrom', ...ifEmpty],
        });
      if (undeclared.length > 0 || bare.length === 0 || isImage(withEmpty(from, declared))) continue;
      // Some leave the default out on purpose, so that nobody builds without choosing.
      report({
        at: from.span,
        message: `ARG ${bare[0]} has no default: without --build-arg this line names no image`,
        severity: 'low',
        confidence: 'likely',
        aliases: ['buildkit:InvalidDefaultArgInFrom', ...ifEmpty],
        related: declared.flatMap(({ name, span }) =>
          name === bare[0] && span ? [{ at: span, message: 'declared here' }] : [],
        ),
      });
    }
  },
};

/** The line as a build without arguments reads it; a fallback (`${x:-y}`) is left as it is, and then is no image's name. */
function withEmpty(from: From, declared: readonly Variable[]): string {
  const values = new Map(declared.map(({ name, value }) => [name, value]));
  return from.written.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (_, braced?: string, plain?: string) => values.get(braced ?? plain ?? '') ?? '',
  );
}

function isImage(text: string): boolean {
  return text === 'scratch' || text.includes('$') || parseImageReference(text) !== undefined;
}

/** Docker sets these in every build. */
const predefined = /^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$/;

function undeclaredPlatform({ platform }: From, declared: readonly Variable[]): readonly string[] {
  return [...bareVariables(platform?.written ?? '')].filter(
    (name) => !predefined.test(name) && !declared.some((argument) => argument.name === name),
  );
}
