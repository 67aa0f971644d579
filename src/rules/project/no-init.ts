import { addInit } from '../../cures/add-init.ts';
import { programOf } from '../../model/image/programs.ts';
import { mainCommand } from '../../model/service-role.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import type { Rule } from '../rule.ts';
import { lackAt, subject } from '../subject.ts';

export const noInit: Rule = {
  id: 'project/no-init',
  summary: 'A browser without an init to reap its processes',
  why: 'Each page leaves dead processes that only PID 1 could collect; after some days the process table is full and nothing can start any more.',
  sources: [
    'https://docs.docker.com/reference/cli/docker/container/run/#init',
    'https://docs.docker.com/reference/compose-file/services/#init',
    'https://github.com/puppeteer/puppeteer/blob/main/docs/troubleshooting.md#running-puppeteer-in-docker',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG9'],
  aliases: [],
  drill: 'pid-1',
  examples: { bad: 'bad-chromium', good: 'good-init' },
  service(service, report, project) {
    const { process, image } = service;
    const [first] = process.commands;
    if (!first || service.role.runs !== 'server' || service.init?.value === true) return;
    const browser = image.software.packages.find(({ name }) => browsers.test(name));
    if (!browser) return;
    const { through, name } = programOf(first);
    if ([...through, name ?? ''].some((one) => inits.test(one))) return;
    // Only where PID 1 is known to be a program that reaps no strangers.
    const main = mainCommand(process.commands)?.name ?? '';
    if (!/^(?:node|npm|yarn|pnpm|python[\d.]*|gunicorn|uvicorn|java|ruby|php|dotnet|bun|deno)$/.test(main)) return;
    if (name !== undefined && /entrypoint|\.sh$/.test(name) && process.entrypoint?.from.kind === 'file') return;
    const at = spanOfFact(process.entrypoint?.value ? process.entrypoint : process.command) ?? lackAt(service, 'init');
    report({
      at,
      message: `${subject(service, at)} runs ${browser.name} under ${main}, which does not reap its dead processes`,
      fix: () => addInit(service, project),
    });
  },
};

const browsers =
  /^(?:chromium(?:-browser|-headless-shell)?|google-chrome(?:-stable|-beta|-unstable)?|firefox(?:-esr)?|microsoft-edge(?:-stable)?)$/;
const inits =
  /^(?:tini|tini-static|dumb-init|catatonit|docker-init|s6-svscan|init|my_init|supervisord|runsvdir|pm2-runtime|systemd|bash)$/;
