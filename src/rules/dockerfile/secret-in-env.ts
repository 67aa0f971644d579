import { hardCodedSecret } from '../../knowledge/hard-coded-secret.ts';
import { secretName } from '../../knowledge/secret-names.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import type { Rule } from '../rule.ts';
import { unquoted } from '../secret-text.ts';
import { stepsIn } from '../steps.ts';

export const secretInEnv: Rule = {
  id: 'dockerfile/secret-in-env',
  summary: 'A secret written into the image by ENV',
  why: 'Everyone who can pull the image can read it with "docker inspect", in every later version too, and every process of the container inherits it.',
  sources: [
    'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
    'https://docs.docker.com/build/building/secrets/',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG10', 'RUN12'],
  aliases: ['hadolint:DL3064', 'buildkit:SecretsUsedInArgOrEnv', 'trivy:DS-0031', 'dockle:CIS-DI-0010'],
  drill: 'secrets-stay-secret',
  byHand: 'the value is known to all who have the image: change it, and hand it to the container when it starts',
  examples: { bad: 'bad-password', good: 'good-file' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'ENV')) {
      const { isInherited } = step.stage;
      for (const pair of step.instruction.pairs) {
        const at = pair.valueSpan ?? pair.span;
        const argument = secretArgument(step, pair.key, pair.value);
        if (argument !== undefined) {
          report({
            at,
            message: `ENV ${pair.key} keeps the build argument ${argument} in the image`,
            severity: isInherited ? 'high' : 'low',
          });
          continue;
        }
        const value = unquoted(pair.value ?? '', step);
        const found = hardCodedSecret(pair.key, value);
        if (!found) continue;
        report({
          at,
          // A build stage is not shipped, but it is in the repository and in the build cache.
          severity: !isInherited
            ? 'medium'
            : found.weak
              ? 'medium'
              : found.confidence === 'certain'
                ? 'critical'
                : 'high',
          confidence: found.confidence,
          message: `ENV ${pair.key} holds ${found.what}`,
        });
      }
    }
  },
};

/** `ARG TOKEN`, `ENV TOKEN=$TOKEN`: whatever the build is given ends in the image. */
function secretArgument(step: Step, key: string, written = ''): string | undefined {
  const name = /^["']?\$\{?(\w+)(?::?-[^}]*)?\}?["']?$/.exec(written)?.[1];
  if (name === undefined) return undefined;
  const variable = step.scope.get(name);
  if (variable?.kind !== 'arg' || (secretName(key) !== 'yes' && secretName(name) !== 'yes')) return undefined;
  return variable.value === undefined || hardCodedSecret(name, variable.value) ? name : undefined;
}
