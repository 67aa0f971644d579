import { type Command, commonFlags, type Flag } from './command.ts';
import { version } from './version.ts';

/** `seaworthy --help` */
export function programHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    `seaworthy ${version}: is this container project fit for production?`,
    '',
    'It reads Dockerfiles, Compose files, .dockerignore and .env together, as Docker',
    'would really run them, says with lines and reasons what will bite you, mends what',
    'can be mended, and proves the rest on a live Docker Engine. Only fix writes to',
    'your files; only drill runs them, as a copy; check executes nothing.',
    '',
    'Usage: seaworthy COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    'Start here:',
    '  seaworthy check                  the project in this directory',
    '  seaworthy fix --dry-run          what can be mended, as a diff',
    '  seaworthy drill                  what holds when it is stopped, starved, crashed',
    '  seaworthy check --checklist      the production checklists, item by item',
    '  seaworthy explain service:NAME   what a service will really run, and why',
    '',
    'seaworthy COMMAND --help tells more. Exit codes: 0 seaworthy, 1 findings or',
    'a broken drill, 2 misuse, 3 could not look, 4 our bug, 130 interrupted.',
    '',
  ].join('\n');
}

/** `seaworthy COMMAND --help` */
export function commandHelp(command: Command): string {
  const flags = Object.entries({ ...command.flags, ...commonFlags });
  const left = flags.map(([name, flag]) => flagText(name, flag));
  const width = Math.min(30, Math.max(...left.map((text) => text.length)));
  const exampleWidth = Math.max(...command.examples.map((example) => example.line.length));
  return [
    `${command.summary}.`,
    '',
    `Usage: seaworthy ${command.name} [OPTIONS] ${command.operands}`.trimEnd(),
    '',
    ...(command.notes ?? []).flatMap((note) => [...wrapped(note, 80), '']),
    'Options:',
    ...flags.flatMap(([, flag], index) => flagLines(left[index] as string, flag, width)),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example.line.padEnd(exampleWidth)}  # ${example.does}`),
    '',
  ].join('\n');
}

function flagText(name: string, flag: Flag): string {
  const short = flag.short ? `-${flag.short}, ` : '    ';
  return `  ${short}--${name}${flag.value ? ` ${flag.value}` : ''}`;
}

function flagLines(text: string, flag: Flag, width: number): string[] {
  const choices = flag.oneOf ? ` [${flag.oneOf.join(', ')}]` : '';
  const fallback = flag.default ? ` (default: ${flag.default})` : '';
  const lines = wrapped(`${flag.help}${choices}${fallback}`, 80 - width - 2);
  return lines.map((line, index) => `${(index === 0 ? text : '').padEnd(width)}  ${line}`);
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
