import { setImageEnvironment } from '../../cures/set-image-environment.ts';
import { leftBecause } from '../../edit/change.ts';
import { entryScript } from '../../model/entry-script.ts';
import { mainCommand } from '../../model/service-role.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import { isForDevelopment } from '../development-files.ts';
import { startScript } from '../package-scripts.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

export const productionModeNotSet: Rule = {
  id: 'project/production-mode-not-set',
  summary: 'A framework that takes development mode where nothing is said',
  why: 'Nobody said production, so it shows strangers its source and variables in error pages, and reads all code again for every request.',
  sources: [
    'https://guides.rubyonrails.org/configuring.html#rails-environment-settings',
    'https://hexdocs.pm/mix/Mix.html#module-environments',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.2.0',
  mission: ['RUN17'],
  aliases: [],
  examples: { bad: 'bad-rails', good: 'good-compose' },
  service(service, report, project) {
    const { process, environment, image } = service;
    const main = mainCommand(process.commands);
    const at = spanOfFact(process.command?.value ? process.command : process.entrypoint);
    // Of a foreign image nobody here knows what it sets.
    if (!main || !at || service.role.runs !== 'server' || !image.stage || isForDevelopment(service)) return;
    const line = main.words.map(({ text }) => text).join(' ');
    const framework = frameworkOf(main.name ?? '', line);
    if (!framework || framework.variables.some((name) => environment.has(name) || image.environment.has(name))) return;
    const texts = [
      line,
      ...process.commands.flatMap(({ words, assignments }) => [
        ...words.map(({ text }) => text),
        ...assignments.map(({ name }) => name),
      ]),
      startScript(service, project) ?? '',
      entryScript(service, project)?.text ?? '',
    ];
    if (texts.some((text) => framework.variables.some((name) => text.includes(name)))) return;
    // A file of variables that is not here may say it.
    if (
      service.attribute('env_file') !== undefined &&
      ![...environment.values()].some(({ from }) => from === 'env_file')
    )
      return;
    report({
      at,
      fix: () =>
        framework.name === 'Rails'
          ? setImageEnvironment(service, 'RAILS_ENV', 'production', {
              safety: 'review',
              provedBy: 'boot-time',
              note: 'a program that was set up for development may not start in production mode',
            })
          : leftBecause('it must be compiled for production as well'),
      message: `${subject(service, at)} runs ${framework.name}, and nothing sets ${framework.variables[0]}`,
    });
  },
};

interface Framework {
  readonly name: string;
  readonly variables: readonly string[];
}

/** Express is told by `project/development-mode`. */
function frameworkOf(name: string, line: string): Framework | undefined {
  if (/\brails\s+(?:s|server)\b/.test(line)) {
    if (/\s(?:-e|--environment)[ =]?\S/.test(line)) return undefined;
    return { name: 'Rails', variables: ['RAILS_ENV', 'RACK_ENV'] };
  }
  if (name === 'mix' && /\bphx\.server\b/.test(line)) return { name: 'Phoenix', variables: ['MIX_ENV'] };
  return undefined;
}
