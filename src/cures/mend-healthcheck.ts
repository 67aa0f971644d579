import { fixOf, leftBecause } from '../edit/change.ts';
import { removeAttribute, setAttribute } from '../edit/compose.ts';
import { inOneLine } from '../edit/yaml/value.ts';
import { bootOf } from '../model/boot-time.ts';
import { programOf, type ShellCommand } from '../model/image/programs.ts';
import { httpProbe, probeFor } from '../model/probe-for.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import { printDuration } from '../vocabulary/duration.ts';
import type { Cure } from '../vocabulary/fix.ts';
import type { Span } from '../vocabulary/span.ts';
import { insertArguments, inText, replaceTest, replaceWords, setTiming, type Test } from './health-test.ts';

/** What a health check asks over HTTP. */
export interface Address {
  readonly host: string;
  readonly port: number | undefined;
  readonly path: string;
  readonly span: Span;
}

const provedBy = 'honest-health';

/** What listens on all addresses or on IPv4 hears it, and only these are what the rule speaks of. */
export function askIpv4(service: Service, project: Project, { span }: Address): Cure {
  return fixOf(
    { title: 'Ask 127.0.0.1', safety: 'safe', provedBy },
    inText(service, project, span, (raw) =>
      raw.split(/localhost/i).length === 2 ? raw.replace(/localhost/i, '127.0.0.1') : undefined,
    ),
  );
}

export function askOpenPort(service: Service, project: Project, { port, span }: Address): Cure {
  const [listens, ...others] = service.listens;
  if (!listens || others.length > 0) return leftBecause('it listens on several ports, and only you know which to ask');
  return fixOf(
    { title: `Ask port ${listens.value}`, safety: 'review', provedBy },
    inText(service, project, span, (raw) => {
      const written = `:${port}`;
      if (raw.split(written).length === 2) return raw.replace(written, `:${listens.value}`);
      // `http://127.0.0.1/` means port 80.
      if (/:\d/.test(raw) || raw.split('://').length !== 2) return undefined;
      return raw.replace(/(:\/\/[A-Za-z0-9.-]+)/, `$1:${listens.value}`);
    }),
  );
}

/** A single command needs no shell: in exec form it works without one. */
export function askWithoutShell(service: Service, project: Project, test: Test, asked: Address | undefined): Cure {
  const [only, next, ...others] = test.commands;
  const isAlone = next === undefined || (next.joint === '||' && next.name === 'exit' && others.length === 0);
  const plain =
    only !== undefined &&
    isAlone &&
    only.redirects.length + only.assignments.length === 0 &&
    only.words.every(({ literal }) => literal) &&
    service.image.software.has(only.words[0]?.text ?? '').presence !== 'no';
  if (!plain) return askWithOwnTool(service, project, test, asked);
  return fixOf(
    { title: 'Check its health without a shell', safety: 'review', provedBy },
    replaceWords(service, project, test, ['CMD', ...only.words.map(({ text }) => text)]),
  );
}

/** The same question by a program that the image has. */
export function askWithOwnTool(service: Service, project: Project, test: Test, asked: Address | undefined): Cure {
  const again =
    asked?.port === undefined ? undefined : httpProbe(service, asked.port, asked.path === '' ? '/' : asked.path, true);
  const probe = again ?? probeFor(service, project);
  if ('none' in probe) return leftBecause(probe.none);
  // It never passed so far: nothing that works can stop working.
  return fixOf(
    { title: `Check its health: ${probe.asks}`, safety: 'review', provedBy },
    replaceTest(service, project, test, probe.test),
  );
}

/** `|| true` at the end, away. */
export function heedFailure(service: Service, project: Project, test: Test, swallower: ShellCommand): Cure {
  const before = test.commands[test.commands.indexOf(swallower) - 1];
  if (!before || before.words.some(({ text }) => /^-\w*c$/.test(text)))
    return askWithOwnTool(service, project, test, undefined);
  const said = swallower.words.map(({ text }) => text).join(' ');
  // Between quotes of YAML all commands have one place.
  const isExact = before.span.end <= swallower.span.start;
  const span = isExact ? { ...swallower.span, start: before.span.end } : swallower.span;
  const end = new RegExp(`\\s*(?:\\|\\||;)\\s*${said.replace(/[.:]/g, '\\$&')}(?=[\\s"'\\]]*$)`);
  return fixOf(
    { title: 'Let a failure be one', safety: 'review', provedBy },
    inText(service, project, span, (raw) =>
      /^[\w\s:]+$/.test(said) && end.test(raw) ? raw.replace(end, '') : undefined,
    ),
  );
}

/** `ps | grep '[n]ginx'`: a pattern that does not match itself. */
export function grepOnlyOthers(service: Service, project: Project, test: Test, ps: ShellCommand): Cure {
  const grep = test.commands[test.commands.indexOf(ps) + 1];
  const pattern = grep?.words.findLast(({ text }) => /^[A-Za-z][\w. /-]*$/.test(text));
  if (!pattern || pattern === grep?.words[0]) return askWithOwnTool(service, project, test, undefined);
  return fixOf(
    { title: 'Let grep not find itself', safety: 'review', provedBy },
    inText(service, project, pattern.span, (raw) => {
      const { text } = pattern;
      const other = `[${text[0]}]${text.slice(1)}`;
      if (raw === text) return `'${other}'`;
      return raw === `"${text}"` || raw === `'${text}'` ? raw.replace(text, other) : undefined;
    }),
  );
}

export function failOnHttpError(service: Service, project: Project, test: Test, curl: ShellCommand): Cure {
  return fixOf(
    {
      title: 'Let curl fail on an HTTP error',
      safety: 'review',
      provedBy,
      note: 'a page that asks for a login or is not there counts as a failure then',
    },
    insertArguments(service, project, test, curl, ['-f']),
  );
}

/** Over TCP, which the server that only prepares the first start does not open. */
export function askOverTcp(service: Service, project: Project, test: Test, command: ShellCommand): Cure {
  const { flags } = programOf(command).options(['-h', '--host', '-p', '--port', '-U', '-d', '-t', '-u', '-P', '-S']);
  const host = flags.get('-h') ?? flags.get('--host');
  if (host && host !== true) {
    return fixOf(
      { title: 'Ask over TCP', safety: 'review', provedBy },
      inText(service, project, host.span, (raw) =>
        raw.split(host.text).length === 2 ? raw.replace(host.text, '127.0.0.1') : undefined,
      ),
    );
  }
  return fixOf(
    { title: 'Ask over TCP', safety: 'review', provedBy },
    insertArguments(service, project, test, command, ['-h', '127.0.0.1']),
  );
}

/** `redis-cli ping | grep -q PONG`: LOADING and NOAUTH are answers too. */
export function wantPong(service: Service, project: Project, test: Test, command: ShellCommand): Cure {
  const about = { title: 'Take only PONG for an answer', safety: 'review', provedBy } as const;
  if (test.test.form === 'exec') {
    if (service.image.shell === 'no') return leftBecause('its image has no shell');
    const words = test.test.words.map(({ text }) => text);
    if (words.some((word) => !/^[\w@%+=:,./-]+$/.test(word)))
      return leftBecause('its arguments need quotes in a shell');
    return fixOf(about, replaceWords(service, project, test, ['CMD-SHELL', `${words.join(' ')} | grep -q PONG`]));
  }
  return fixOf(
    about,
    inText(service, project, command.span, (raw) =>
      raw.split(/\bping\b/i).length === 2 ? raw.replace(/\bping\b/i, '$& | grep -q PONG') : undefined,
    ),
  );
}

/** A test that Docker takes for something else than was meant. */
export function tellShell(service: Service, project: Project, test: Test): Cure {
  const words = test.test.words.map(({ text }) => text);
  if (service.image.shell === 'no') return leftBecause('its image has no shell to read it');
  const isOperator = (word: string) => /^(?:\|\|?|&&|;|>|2>&1|>\/dev\/null)$/.test(word);
  if (words.length > 1 && words.some((word) => !isOperator(word) && !/^[\w@%+=:,./$?{}-]+$/.test(word)))
    return leftBecause('its arguments need quotes in a shell, and only you know which');
  return fixOf(
    { title: 'Let a shell read the health check', safety: 'review', provedBy },
    replaceWords(service, project, test, ['CMD-SHELL', words.join(' ')]),
  );
}

/** `test: ["curl", …]` without its CMD. */
export function tellCmd(service: Service, project: Project, words: readonly string[]): Cure {
  const isShell = words.some((word) => /^(?:\|\|?|&&|;|>)$/.test(word)) || words.length === 1;
  return fixOf(
    { title: isShell ? 'Begin with CMD-SHELL' : 'Begin with CMD', safety: 'review', provedBy },
    setAttribute(
      project,
      service,
      'healthcheck.test',
      inOneLine(isShell ? ['CMD-SHELL', words.join(' ')] : ['CMD', ...words]),
    ),
  );
}

/** More patience never makes a working service fail; to notice a frozen one sooner may. */
export function giveTimeToStart(service: Service, project: Project, test: Test): Cure {
  const period = printDuration(Math.max(10_000, bootOf(service)[0] * 2));
  return fixOf(
    { title: `Give it ${period} to start`, safety: 'safe', provedBy },
    setTiming(service, project, test, 'start_period', period),
  );
}

export function tryThreeTimes(service: Service, project: Project, test: Test): Cure {
  return fixOf(
    { title: 'Take three failed probes for one failure', safety: 'safe', provedBy },
    setTiming(service, project, test, 'retries', 3),
  );
}

export function noticeSooner(service: Service, project: Project, test: Test): Cure {
  const { timeoutMs = 0, retries = 0 } = test.test;
  return fixOf(
    { title: 'Notice a frozen server within minutes', safety: 'review', provedBy },
    setTiming(service, project, test, 'interval', '30s'),
    ...(timeoutMs > 30_000 ? [setTiming(service, project, test, 'timeout', '10s')] : []),
    ...(retries > 5 ? [setTiming(service, project, test, 'retries', 3)] : []),
  );
}

/** What the image itself checks speaks again; else a check of our own. */
export function checkAgain(service: Service, project: Project): Cure {
  const { facts, healthcheck } = service.image;
  const about = { safety: 'review', provedBy } as const;
  if (healthcheck?.value ?? facts?.healthcheck)
    return fixOf(
      { ...about, title: 'Let the image check its health' },
      removeAttribute(project, service, 'healthcheck'),
    );
  const probe = probeFor(service, project);
  return 'none' in probe ? leftBecause(probe.none) : leftBecause('somebody switched it off, and only they know why');
}
