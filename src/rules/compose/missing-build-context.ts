import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const missingBuildContext: Rule = {
  id: 'compose/missing-build-context',
  summary: 'A build has no Dockerfile or no directory',
  why: '`docker compose build` ends with an error, and so does the deployment that builds.',
  sources: ['https://docs.docker.com/reference/compose-file/build/'],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['CHK4'],
  aliases: [],
  byHand: 'only you know where the sources are',
  examples: { bad: 'bad-no-dockerfile', good: 'good-there' },
  service(service, report) {
    const missing = service.build?.missing;
    if (!isContainer(service) || !missing) return;
    report({ at: missing.span, message: `"${service.name}" cannot be built: there is no ${missing.what}` });
  },
};
