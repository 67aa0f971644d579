import { runChild } from './children/run-child.ts';
import { helperCommands } from './commands.ts';
import { runCopy } from './files/copy-tree.ts';
import { serve } from './serve.ts';

/** The program that runs inside helper containers: Node and its own modules, nothing else. */
const [, program = '', mode, ...given] = process.argv;

if (mode === 'child') runChild(given);
else if (mode === 'copy') runCopy(given);
else {
  // The first process of a container gets no signal that it has not asked for: the engine would wait, then kill.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));
  // Nobody reads any more.
  process.stdout.on('error', () => process.exit(0));
  void serve(process.stdin, process.stdout, helperCommands(program)).then(() => process.exit(0));
}
