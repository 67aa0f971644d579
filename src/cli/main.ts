import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { SeaworthyError } from '../vocabulary/error.ts';
import { type Command, commonFlags, type Flags, oneText, parseArgsOptions, type Values } from './command.ts';
import { commands } from './commands/all.ts';
import { ExitCode } from './exit-code.ts';
import { openTerminal } from './terminal.ts';
import { workerCommand } from './workers/worker-command.ts';

/** The whole program: parse, call, render, return a code. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const env = process.env;
  try {
    return await run(argv);
  } catch (error) {
    const out = openTerminal('auto', env);
    if (error instanceof SeaworthyError) {
      out.warn(`seaworthy: ${error.message} [${error.code}]\n${error.hint ? `  ${error.hint}\n` : ''}`);
      return error.code === 'internal'
        ? ExitCode.OurBug
        : error.code === 'interrupted'
          ? ExitCode.Interrupted
          : misuse.has(error.code)
            ? ExitCode.Misuse
            : ExitCode.CouldNotLook;
    }
    out.warn(
      `seaworthy: this is our bug, not yours: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return ExitCode.OurBug;
  }
}

const misuse: ReadonlySet<string> = new Set([
  'usage',
  'unknown-rule',
  'unknown-drill',
  'unknown-service',
  'bad-config',
  'uncommitted',
]);

async function run(argv: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return help(rest[0]);
  if (name === '--version' || name === '-V' || name === 'version') {
    const { version } = await import('./version.ts');
    openTerminal('auto', process.env).write(`${version}\n`);
    return ExitCode.Seaworthy;
  }
  if (name === workerCommand) {
    const { judgeWorker } = await import('./workers/judge-worker.ts');
    judgeWorker();
    return ExitCode.Seaworthy;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const { nearestName } = await import('./nearest-name.ts');
    const near = nearestName(name, Object.keys(commands));
    throw new SeaworthyError('usage', `There is no command "${name}"`, {
      hint: near ? `Did you mean ${near}? seaworthy --help lists all.` : 'seaworthy --help lists all.',
    });
  }
  return call(await load(), rest);
}

async function call(command: Command, argv: readonly string[]): Promise<ExitCode> {
  const flags = { ...command.flags, ...commonFlags };
  const { values, positionals } = parsed(argv, flags, command.name);
  const color = (oneText(values, 'color') ?? 'auto') as 'auto' | 'always' | 'never';
  const out = openTerminal(color, process.env);
  if (values['help'] === true) {
    const { commandHelp } = await import('./help.ts');
    out.write(commandHelp(command));
    return ExitCode.Seaworthy;
  }
  return command.run({
    cwd: process.cwd(),
    operands: positionals,
    values,
    out,
    env: process.env,
    readStdin: () => fs.readFileSync(0, 'utf8'),
  });
}

function parsed(argv: readonly string[], flags: Flags, name: string): { values: Values; positionals: string[] } {
  let result: { values: Values; positionals: string[] };
  try {
    result = parseArgs({ args: [...argv], options: parseArgsOptions(flags), allowPositionals: true, strict: true });
  } catch (cause) {
    throw new SeaworthyError('usage', firstSentence(cause), {
      hint: `seaworthy ${name} --help shows what there is.`,
      cause,
    });
  }
  for (const [flag, { oneOf }] of Object.entries(flags)) {
    const value = oneText(result.values, flag);
    if (value !== undefined && oneOf && !oneOf.includes(value))
      throw new SeaworthyError('usage', `--${flag} takes ${oneOf.join(', ')}, not "${value}"`, {
        hint: `seaworthy ${name} --help shows what there is.`,
      });
  }
  return result;
}

function firstSentence(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split('. ')[0] ?? message;
}

async function help(name: string | undefined): Promise<ExitCode> {
  const { commandHelp, programHelp } = await import('./help.ts');
  const out = openTerminal('auto', process.env);
  const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load) out.write(commandHelp(await load()));
  else out.write(programHelp(await Promise.all(Object.values(commands).map((one) => one()))));
  return ExitCode.Seaworthy;
}

// No handler for SIGINT here: but for what drill and watch have of their own, nothing has to be put back, and a handler
// could not run while a file or standard input is being read. Killed by the signal, the shell says 130.
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
