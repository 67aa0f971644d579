import { capLogs } from '../../cures/cap-logs.ts';
import { isDeployed } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const unboundedLogs: Rule = {
  id: 'compose/unbounded-logs',
  summary: 'Container logs can grow until the disk of the host is full',
  why: 'The json-file driver never rotates unless told to: the day the disk is full, every container on the host stops working.',
  sources: [
    'https://docs.docker.com/engine/logging/drivers/json-file/',
    'https://docs.docker.com/engine/logging/configure/#configure-the-default-logging-driver',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN9'],
  aliases: [],
  drill: 'log-flood',
  examples: { bad: 'bad-default-driver', good: 'good-capped' },
  service(service, report, project) {
    // What ends by itself writes no more than it has to say.
    if (!isDeployed(service) || service.role.runs === 'one-shot') return;
    const { driver, options } = service.logging ?? { driver: undefined, options: new Map() };
    // `local` keeps five files of 20 MB unless told otherwise.
    if ((driver && driver.value !== 'json-file') || isCap(options.get('max-size')?.value)) return;
    const filesOnly = options.get('max-file');
    report({
      at: filesOnly?.span ?? driver?.span ?? service.at('logging'),
      message: filesOnly
        ? `"${service.name}" sets max-file without max-size, so its log is never rotated`
        : `"${service.name}" keeps every line it ever logged`,
      // Without a driver here, daemon.json may set another one, or its limits.
      confidence: driver ? 'certain' : 'likely',
      fix: () => capLogs(service, project),
    });
  },
};

/** `-1` is the engine's own way to say "without limit". */
function isCap(size: string | undefined): boolean {
  return size !== undefined && size !== '' && !size.startsWith('-');
}
