import { hardCodedSecret } from '../../knowledge/hard-coded-secret.ts';
import { secretName } from '../../knowledge/secret-names.ts';
import { asMap, isNull, text } from '../../model/compose/tree-access.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const secretInBuildArgument: Rule = {
  id: 'compose/secret-in-build-argument',
  summary: 'A secret is handed to the build as an argument',
  why: 'Build arguments stay in the history of the image: whoever pulls it reads them with `docker history`.',
  sources: [
    'https://docs.docker.com/build/building/secrets/',
    'https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG10', 'RUN12'],
  aliases: ['kics:passwords_and_secrets'],
  drill: 'secrets-stay-secret',
  byHand: 'the build must be told to read it from a mount',
  examples: { bad: 'bad-literal', good: 'good-build-secret' },
  service(service, report) {
    if (!isContainer(service)) return;
    for (const { key, keySpan, value } of asMap(service.attribute('build.args'))?.entries.values() ?? []) {
      const written = (value.kind === 'scalar' ? value.template : undefined) ?? text(value);
      const found = written === undefined ? undefined : hardCodedSecret(key, written);
      if (found && found.confidence !== 'guess') {
        report({ at: value.span, message: `The build of "${service.name}" is given a secret in plain text in ${key}` });
      } else if (secretName(key) === 'yes' && (isNull(value) || /\$\{?[A-Za-z_]/.test(written ?? ''))) {
        report({
          at: keySpan,
          message: `The build of "${service.name}" is given ${key} as an argument, which stays in the image`,
          severity: 'medium',
          // Nothing is written down here, which is all that the peer looks at.
          aliases: [],
        });
      }
    }
  },
};
