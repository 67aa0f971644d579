import { listed } from '../in-words.ts';
import type { Rule } from '../rule.ts';

export const missingTarget: Rule = {
  id: 'dockerfile/missing-target',
  summary: 'A build target that the Dockerfile does not have',
  why: 'The build of the service fails with "target stage could not be found", most often after a stage was renamed.',
  sources: ['https://docs.docker.com/reference/compose-file/build/#target'],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG3'],
  aliases: [],
  examples: { bad: 'bad-renamed-stage', good: 'good-target' },
  service(service, report) {
    const { target, dockerfile } = service.build ?? {};
    if (!target || dockerfile?.missingTarget === undefined || dockerfile.stages.every(({ from }) => from.isMissing))
      return;
    const names = dockerfile.stages.flatMap(({ name }) => name ?? []);
    const known = names.length === 0 ? 'it names no stage' : `it has ${listed(names, 6)}`;
    report({ at: target.span, message: `${dockerfile.file} has no stage "${target.value}": ${known}` });
  },
};
