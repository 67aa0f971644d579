import { hardCodedSecret } from '../../knowledge/hard-coded-secret.ts';
import { asMap, text } from '../../model/compose/tree-access.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const secretInLabel: Rule = {
  id: 'compose/secret-in-label',
  summary: 'A label holds a secret',
  why: 'Labels are shown to everybody who may list containers, monitoring included, and they are in the repository.',
  sources: [
    'https://docs.docker.com/engine/manage-resources/labels/',
    'https://docs.docker.com/compose/how-tos/use-secrets/',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN12'],
  aliases: ['kics:passwords_and_secrets'],
  drill: 'secrets-stay-secret',
  byHand: 'only you know who reads the label',
  examples: { bad: 'bad-token', good: 'good-names-only' },
  service(service, report) {
    if (!isContainer(service)) return;
    for (const path of ['labels', 'deploy.labels'])
      for (const { key, value } of asMap(service.attribute(path))?.entries.values() ?? []) {
        const written = (value.kind === 'scalar' ? value.template : undefined) ?? text(value);
        const found = written === undefined ? undefined : hardCodedSecret(key, written);
        if (!found || found.confidence === 'guess') continue;
        report({
          at: value.span,
          message: `"${service.name}" has a secret in its label ${key}`,
          confidence: found.confidence,
        });
      }
  },
};
