import { setImageEnvironment } from '../../cures/set-image-environment.ts';
import { mainCommand } from '../../model/service-role.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import { isForDevelopment } from '../development-files.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

export const bufferedOutput: Rule = {
  id: 'project/buffered-output',
  summary: 'A Python program whose output waits in a buffer',
  why: 'Without a terminal Python keeps up to 8 KiB of what is printed to itself: "docker logs" shows it minutes late, and a killed container takes its last words along.',
  sources: [
    'https://docs.python.org/3/using/cmdline.html#envvar-PYTHONUNBUFFERED',
    'https://docs.python.org/3/library/sys.html#sys.stdout',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.2.0',
  mission: ['OPS5'],
  aliases: [],
  examples: { bad: 'bad-script', good: 'good-unbuffered' },
  service(service, report) {
    if (service.role.runs !== 'server' || isForDevelopment(service)) return;
    const { process, environment, image } = service;
    const main = mainCommand(process.commands);
    const at = spanOfFact(process.command?.value ? process.command : process.entrypoint);
    if (!main || !at || !/^python(?:\d(?:\.\d+)?)?$/.test(main.name ?? '')) return;
    // Of a foreign image nobody here knows what it sets.
    if (!image.stage || !knowsBase(image.facts?.image)) return;
    if (environment.get('PYTHONUNBUFFERED') && environment.get('PYTHONUNBUFFERED')?.value !== '') return;
    const args = main.words.slice(1).map(({ text }) => text);
    const program = args.findIndex((text) => !text.startsWith('-') || text === '-m');
    if (args.slice(0, program === -1 ? undefined : program).some((text) => /^-[a-zA-Z]*u/.test(text))) return;
    // These log by the logging module, to stderr, which is flushed line by line.
    const module = args[program] === '-m' ? args[program + 1] : undefined;
    if (module !== undefined && servers.test(module)) return;
    if (args[program] === undefined || args[program]?.endsWith('manage.py')) return;
    report({
      at,
      fix: () => setImageEnvironment(service, 'PYTHONUNBUFFERED', '1', { safety: 'safe' }),
      message: `${subject(service, at)} runs "${[main.name, module === undefined ? args[program] : `-m ${module}`].join(' ')}" with buffered output`,
    });
  },
};

const servers = /^(?:uvicorn|gunicorn|hypercorn|daphne|granian|celery|flask|django|http\.server|streamlit|pip)(?:\.|$)/;

/** Distributions' images and the official Python image set nothing; others might. */
function knowsBase(image: string | undefined): boolean {
  return image !== undefined && /^(?:python|debian|ubuntu|alpine|.*\/python)$/.test(image);
}
