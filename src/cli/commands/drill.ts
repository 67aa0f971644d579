import type { Command } from '../command.ts';
import { projectFlags } from '../project-flags.ts';

const { today: _today, ...projectOnly } = projectFlags;

export const drill: Command = {
  name: 'drill',
  summary: 'Prove on a live Docker Engine that services survive production',
  operands: '[SERVICE…]',
  flags: {
    ...projectOnly,
    directory: { type: 'string', short: 'C', value: 'DIRECTORY', help: 'Where the project is, instead of here' },
    only: { type: 'string', value: 'DRILL', multiple: true, help: 'Run only this drill (several times, or a,b)' },
    list: { type: 'boolean', help: 'List the drills: what they claim, do and cost' },
    repeat: { type: 'string', value: 'N', help: 'Run each drill so often; it holds when it held every time' },
    budget: { type: 'string', value: 'TIME', help: 'Begin no drill after this time, such as 5m' },
    strict: { type: 'boolean', help: 'Also exit with 1 when a drill is inconclusive' },
    attach: {
      type: 'string',
      value: 'CONTAINER',
      multiple: true,
      help: 'Start nothing; look at this running container with the drills that only look (several times)',
    },
    seed: { type: 'boolean', help: 'Fill throwaway volumes with a copy of the real ones' },
    keep: { type: 'boolean', help: 'Leave what each drill ends with, to be looked at' },
    sweep: { type: 'boolean', help: 'Only remove what --keep and killed runs have left' },
    'build-arg': {
      type: 'string',
      value: 'NAME=VALUE',
      multiple: true,
      help: 'A build argument beside those of the files; NAME alone takes it from the environment',
    },
    host: {
      type: 'string',
      short: 'H',
      value: 'ADDRESS',
      help: 'The engine, as docker --host; default: as docker finds it',
    },
    context: { type: 'string', value: 'NAME', help: 'The engine of this docker context' },
    format: {
      type: 'string',
      value: 'FORMAT',
      oneOf: ['text', 'json', 'junit', 'html', 'markdown'],
      default: 'text',
      help: 'How to tell',
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      multiple: true,
      help: 'Also write the report there: .json, .xml (JUnit), .html, .md or .txt',
    },
    quiet: { type: 'boolean', short: 'q', help: 'No progress on standard error' },
    verbose: { type: 'boolean', short: 'v', help: 'Show all evidence, also of what held' },
  },
  examples: [
    { line: 'seaworthy drill', does: 'every drill of every service here' },
    { line: 'seaworthy drill web --only graceful-stop', does: 'one drill of one service' },
    { line: 'seaworthy drill --attach shop-web-1', does: 'look at what runs; change nothing' },
    { line: 'seaworthy drill --list', does: 'what drills there are' },
    { line: 'seaworthy drill -o drill.html -o drill.json', does: 'a page with timelines, and the figures' },
    { line: 'seaworthy check --with-drills drill.json', does: 'the checklists, with what was proved' },
  ],
  notes: [
    'The project is built and started as a copy under names of its own, in networks of its own, put under load and broken on purpose. Nothing of yours is touched: named volumes become throwaway ones, host ports free ports on 127.0.0.1, and what stood in for what is told. All that was made is removed, also after Ctrl-C; what a killed run leaves, the next one removes.',
    'Exit codes: 0 every claim that could be told held, 1 a claim broke (with --strict also: was inconclusive), 2 misuse, 3 no engine, or nothing could be told, 130 interrupted.',
  ],
  async run(call) {
    const { runDrill } = await import('../drill/run-drill.ts');
    try {
      return await runDrill(call);
    } finally {
      // An engine that owes an answer and never gives it must not keep us: by then all is told.
      setTimeout(() => process.exit(), 3000).unref();
    }
  },
};
