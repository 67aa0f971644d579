import type { Rule } from '../rule.ts';

export const missingFile: Rule = {
  id: 'compose/missing-file',
  summary: 'A file that the Compose file names is not there',
  why: '`docker compose up` ends with an error on every machine where nobody made the file by hand.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#env_file',
    'https://docs.docker.com/reference/compose-file/include/',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN17'],
  aliases: [],
  byHand: 'only you know what the file should hold',
  examples: { bad: 'bad-include', good: 'good-optional' },
  compose(compose, report) {
    for (const { code, message, span } of compose.faults) {
      if (code !== 'missing-file') continue;
      // Env files hold what is not committed, and are made where it is deployed.
      const madeThere = message.startsWith('env file');
      report({
        at: span,
        message: capital(message),
        severity: madeThere ? 'low' : 'high',
        confidence: madeThere ? 'guess' : 'certain',
      });
    }
  },
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
