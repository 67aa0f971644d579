import { readOnlyRoot } from '../../cures/read-only-root.ts';
import { isDeployed } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const writableRoot: Rule = {
  id: 'compose/writable-root',
  summary: 'The root file system of a container can be written to',
  why: 'Whoever gets into the process can replace its code and leave tools behind, and what the app writes beside its volumes is lost at the next deployment.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#read_only',
    'https://docs.docker.com/reference/cli/docker/container/run/#read-only',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN1'],
  aliases: ['semgrep:writable-filesystem-service'],
  drill: 'read-only-root',
  examples: { bad: 'bad-default', good: 'good-read-only' },
  service(service, report, project) {
    // Windows containers know no read-only root.
    if (!isDeployed(service) || service.readOnly?.value === true || service.image.facts?.os?.family === 'windows')
      return;
    report({
      at: service.at('read_only'),
      message: `"${service.name}" can write anywhere in its own file system`,
      // What ends after a minute is no place to settle in.
      severity: service.role.runs === 'one-shot' ? 'low' : 'medium',
      // semgrep looks at services with an `image` only.
      aliases: service.attribute('image') ? ['semgrep:writable-filesystem-service'] : [],
      fix: () => readOnlyRoot(service, project),
    });
  },
};
