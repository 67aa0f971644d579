import { programOf, type ShellCommand, type ShellWord } from '../model/image/programs.ts';
import type { Health, Service } from '../model/service.ts';
import type { Span } from '../vocabulary/span.ts';

export type Test = Extract<Health, { kind: 'test' }>;

const mostCommands = 200;

/** A service's health check that the project itself writes; what a base image brings is its makers' affair. */
export function ownTest(service: Service): Test | undefined {
  const { healthcheck } = service;
  if (healthcheck.kind !== 'test' || healthcheck.from === 'base-image') return undefined;
  // Rules compare its commands with each other; nobody's probe has more than a few.
  return healthcheck.commands.length <= mostCommands
    ? healthcheck
    : { ...healthcheck, commands: healthcheck.commands.slice(0, mostCommands) };
}

/** One address that a health check asks. */
export interface Asked {
  readonly program: string;
  readonly command: ShellCommand;
  readonly scheme: 'http' | 'https' | 'tcp';
  /** As written: `localhost`. */
  readonly host: string;
  /** Undefined where a variable holds it. */
  readonly port: number | undefined;
  readonly path: string;
  readonly word: ShellWord;
  readonly span: Span;
}

const askers = new Set(['curl', 'wget', 'http', 'https', 'httping', 'xh']);
const valued = {
  curl: [
    '-o',
    '-m',
    '--max-time',
    '--connect-timeout',
    '-H',
    '--header',
    '-X',
    '--request',
    '-w',
    '--write-out',
    '-u',
    '--user',
    '-A',
    '-d',
    '--data',
    '--retry',
    '--unix-socket',
    '-b',
    '-e',
    '--cacert',
    '--output',
    '--retry-delay',
    '--retry-max-time',
    '-T',
    '-x',
    '--proxy',
    '--noproxy',
    '--resolve',
    '--connect-to',
    '--interface',
    '--cert',
    '-E',
    '--key',
    '--config',
    '-K',
    '--user-agent',
    '--referer',
    '--data-raw',
    '--data-binary',
    '-F',
    '--form',
    '-D',
    '--dump-header',
    '--cookie',
  ],
  wget: [
    '-O',
    '--output-document',
    '-T',
    '--timeout',
    '-t',
    '--tries',
    '-U',
    '--header',
    '-o',
    '-e',
    '--post-data',
    '--user',
    '--password',
    '--ca-certificate',
    '-Y',
  ],
} as const;

/** Options of curl and wget, by their manual pages. */
export function askerOptions(command: ShellCommand) {
  const program = programOf(command);
  return program.options(program.name === 'wget' ? valued.wget : valued.curl);
}

/** The addresses that curl, wget, nc and their kind ask in a health check, in order. */
export function askedBy(test: Test): Asked[] {
  return test.commands.flatMap((command): Asked[] => {
    const { name } = programOf(command);
    if (name === undefined) return [];
    if (askers.has(name)) return askerOptions(command).operands.flatMap((word) => fromUrl(name, command, word));
    if (name === 'nc' || name === 'ncat' || name === 'netcat') return fromNetcat(name, command);
    return [];
  });
}

/** This container itself. */
export function isLocal(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[?::1?\]?)$/i.test(host);
}

function fromUrl(program: string, command: ShellCommand, word: ShellWord): Asked[] {
  const match = /^(?:(https?):\/\/)?(?:[^/@\s]*@)?(\[[\da-fA-F:]+\]|[A-Za-z0-9.-]+)(?::([^/?#]*))?([/?#].*)?$/.exec(
    word.text,
  );
  if (!match) return [];
  const [, written, host = '', portText, path = '/'] = match;
  if (written === undefined && portText === undefined && !isLocal(host)) return [];
  const scheme = written === 'https' ? 'https' : 'http';
  // `${PORT:-8080}`: whatever the variable holds, else what stands there.
  const port =
    portText === undefined ? (scheme === 'https' ? 443 : 80) : /^\d+$/.test(portText) ? Number(portText) : undefined;
  return [{ program, command, scheme, host, port, path, word, span: word.span }];
}

function fromNetcat(program: string, command: ShellCommand): Asked[] {
  const { operands } = programOf(command).options(['-w', '-i', '-s', '-p', '-q', '-X', '-x']);
  const [host, port] = operands;
  if (!host || !port || !/^\d+$/.test(port.text)) return [];
  return [
    {
      program,
      command,
      scheme: 'tcp',
      host: host.text,
      port: Number(port.text),
      path: '',
      word: port,
      span: port.span,
    },
  ];
}
