import { startApp } from '../../cures/start-app.ts';
import { mainCommand } from '../../model/service-role.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

export const packageManagerAsPid1: Rule = {
  id: 'project/package-manager-as-pid-1',
  summary: 'A server that a package manager starts',
  why: 'npm, yarn and pnpm start the app through a shell and stay in front of it: SIGTERM ends with them, so a stop kills the app without warning, and they cost tens of megabytes all the time.',
  sources: [
    'https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#cmd',
    'https://docs.docker.com/reference/dockerfile/#exec-form-entrypoint-example',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG9'],
  aliases: [],
  drill: 'graceful-stop',
  examples: { bad: 'bad-npm-start', good: 'good-node' },
  service(service, report, project) {
    const { process } = service;
    if (service.role.runs !== 'server') return;
    const main = mainCommand(process.commands);
    // `poetry run`, `pipenv run` and `bundle exec` replace themselves by the app (os.execvp): no fault.
    if (!main || !/^(?:npm|yarn|yarnpkg|pnpm|npx|pnpx)$/.test(main.name ?? '')) return;
    const args = main.words.slice(1).map((word) => word.text);
    const verb = args.find((word) => !word.startsWith('-'));
    if (verb === undefined && main.name !== 'yarn') return;
    if (['install', 'ci', 'test', 'build', 'lint', 'audit', 'publish', 'help'].includes(verb ?? '')) return;
    const command = process.command?.value ? process.command : process.entrypoint;
    const at = spanOfFact(command);
    if (!at) return;
    const said = [main.name, ...args].join(' ').slice(0, 40);
    report({
      at,
      message: `${subject(service, at)} is started by "${said}", which does not pass SIGTERM on to the app`,
      fix: () => startApp(service, project),
    });
  },
};
