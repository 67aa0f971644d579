import { severities } from '../../vocabulary/severity.ts';
import { acceptFlags } from '../accept-flags.ts';
import type { Command } from '../command.ts';
import { projectFlags } from '../project-flags.ts';

const { config, 'no-config': noConfig } = acceptFlags;

export const fix: Command = {
  name: 'fix',
  summary: 'Mend what check finds, and change nothing else',
  operands: '[PATH…]',
  flags: {
    ...projectFlags,
    review: { type: 'boolean', help: 'Also make changes that may alter what runs; each names what would prove it' },
    'dry-run': { type: 'boolean', short: 'n', help: 'Write nothing; print the changes as a unified diff' },
    interactive: { type: 'boolean', short: 'i', help: 'Ask about each change, with its reason' },
    only: {
      type: 'string',
      value: 'RULE',
      multiple: true,
      help: 'Mend only findings of this rule (several times; an alias such as DL3002 will do)',
    },
    service: { type: 'string', value: 'NAME', multiple: true, help: 'Mend only findings about this service' },
    enable: { type: 'string', value: 'RULE', multiple: true, help: 'Also mend findings of this opt-in rule, or all' },
    style: {
      type: 'string',
      value: 'STYLE',
      oneOf: ['usual', 'cache-mounts'],
      default: 'usual',
      help: 'How to keep downloads of package managers out of the image: cleaned up, or in BuildKit cache mounts',
    },
    'allow-dirty': { type: 'boolean', help: 'Also change files whose present state is not committed to Git' },
    'fail-on': {
      type: 'string',
      value: 'SEVERITY',
      oneOf: [...severities, 'never'],
      default: 'medium',
      help: 'Exit with 1 when a finding from this severity on remains',
    },
    format: { type: 'string', value: 'FORMAT', oneOf: ['text', 'json'], default: 'text', help: 'How to tell' },
    ...(config ? { config } : {}),
    ...(noConfig ? { 'no-config': noConfig } : {}),
    verbose: { type: 'boolean', short: 'v', help: 'Show every finding that remains; do not fold those that are alike' },
  },
  examples: [
    { line: 'seaworthy fix --dry-run', does: 'what would change; nothing is written' },
    { line: 'seaworthy fix', does: 'make the safe changes, here' },
    { line: 'seaworthy fix --review --interactive', does: 'also those that may alter what runs, one by one' },
    { line: 'seaworthy fix --only compose/unbounded-logs --service db', does: 'one fault of one service' },
    { line: 'seaworthy fix - < Dockerfile > Dockerfile.new', does: 'from standard input to standard output' },
  ],
  notes: [
    'Without --review only safe changes are made: those that cannot make a working service fail. With --review also those that might: each names the drill that shows whether it does harm, on a copy of the project: seaworthy drill --only DRILL. Comments, order, quotes and all that need not change stay as they are.',
    'Files that Git could not give back (changed, staged or never committed) are left alone unless you say --allow-dirty. A file is replaced whole or not at all. The exit code says whether findings remain: 0 no, 1 yes.',
  ],
  async run(call) {
    const { runFix } = await import('../fix/run-fix.ts');
    return runFix(call);
  },
};
