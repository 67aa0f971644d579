import { failOnHttpError, grepOnlyOthers, heedFailure } from '../../cures/mend-healthcheck.ts';
import type { ShellCommand } from '../../model/image/programs.ts';
import { askedBy, askerOptions, ownTest, type Test } from '../probe.ts';
import type { Rule } from '../rule.ts';
import { object } from '../subject.ts';

export const healthcheckAlwaysPasses: Rule = {
  id: 'project/healthcheck-always-passes',
  summary: 'A health check that cannot fail',
  why: 'A server that answers every request with an error, or has lost its database, is still called healthy and keeps its traffic.',
  sources: ['https://docs.docker.com/reference/dockerfile/#healthcheck', 'https://curl.se/docs/manpage.html#-f'],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG8', 'RUN11'],
  aliases: [],
  drill: 'honest-health',
  examples: { bad: 'bad-curl-without-fail', good: 'good-curl-fail' },
  service(service, report, project) {
    const test = ownTest(service);
    if (!test) return;
    const of = object(service, test.span);
    const swallowed = swallower(test.commands);
    if (swallowed) {
      const said = swallowed.words
        .map((word) => word.text)
        .join(' ')
        .slice(0, 40);
      report({
        at: swallowed.span,
        message: `The health check of ${of} always passes: it ends in "${said}"`,
        severity: 'high',
        fix: () => heedFailure(service, project, test, swallowed),
      });
      return;
    }
    const self = grepsItself(test);
    if (self) {
      const message = `The health check of ${of} always passes: "ps | grep" finds the probe itself`;
      const fix = () => grepOnlyOthers(service, project, test, self);
      report({ at: self.span, message, severity: 'high', confidence: 'likely', fix });
      return;
    }
    const deaf = deafCurl(test);
    if (deaf)
      report({
        at: deaf.span,
        message: `The health check of ${of} passes on every HTTP error: curl is not told to fail`,
        fix: () => failOnHttpError(service, project, test, deaf),
      });
  },
};

const harmless = new Set(['true', ':', 'echo', 'printf']);

/** The command at the end that succeeds whatever went before: `|| true`, `; exit 0`, or nothing but `echo ok`. */
function swallower(commands: readonly ShellCommand[]): ShellCommand | undefined {
  const flat = commands.filter((command) => command.within.length === 0 && !isShellCall(command));
  const last = flat.at(-1);
  if (!last || flat.length !== commands.filter((command) => !isShellCall(command)).length) return undefined;
  if (!succeeds(last)) return undefined;
  // `a && exit 0 || exit 1`, `a && echo ok`: these run only after a success.
  if (last.joint === '&&' || last.joint === '|') return undefined;
  if (flat.some((command) => command !== last && /^exit$/.test(command.name ?? '') && !succeeds(command)))
    return undefined;
  return last;
}

function succeeds(command: ShellCommand): boolean {
  // `: > /dev/tcp/127.0.0.1/8080` fails with its redirection.
  if (command.negated || command.redirects.some(({ target }) => target && target.text !== '/dev/null')) return false;
  if (command.name === 'exit') return command.words[1]?.text === '0';
  return harmless.has(command.name ?? '');
}

function isShellCall(command: ShellCommand): boolean {
  return /^(?:ba|da|a)?sh$/.test(command.name ?? '') && command.words.some((word) => /^-\w*c\w*$/.test(word.text));
}

/** `ps aux | grep nginx`: the list holds the shell of the probe, whose command line has the word too. */
function grepsItself({ commands }: Test): ShellCommand | undefined {
  return commands.find((command, index) => {
    const next = commands[index + 1];
    if (command.name !== 'ps' || next?.joint !== '|' || !/^[ef]?grep$/.test(next.name ?? '')) return false;
    const pipeline = commands.filter(({ pipeline: number }) => number === command.pipeline);
    return !pipeline.some(({ words }) =>
      words.some(
        ({ text }) =>
          text === '-v' || /^-\w*v\w*$/.test(text) || (/\[.\]|grep/.test(text) && text !== next.words[0]?.text),
      ),
    );
  });
}

/** A curl that fetches over HTTP, exits 0 on a 500, and whose answer nobody reads. */
function deafCurl(test: Test): ShellCommand | undefined {
  for (const { program, command, scheme, word } of askedBy(test)) {
    if (program !== 'curl' || scheme === 'tcp' || word.text.startsWith('telnet:')) continue;
    const { flags } = askerOptions(command);
    if (['-f', '--fail', '--fail-with-body', '--fail-early', '-w', '--write-out'].some((flag) => flags.has(flag)))
      continue;
    // `curl … | grep ok`, `[ $(curl …) = ok ]`: the answer is looked at.
    const piped = test.commands.some(
      (other) =>
        other.joint === '|' && other.pipeline === command.pipeline && !/^(?:cat|tee|head|tail)$/.test(other.name ?? ''),
    );
    if (piped || command.within.includes('substitution')) continue;
    // The answer may be kept in a file and read later.
    const kept = flags.get('-o') ?? flags.get('--output');
    if (kept && kept !== true && kept.text !== '/dev/null') continue;
    return command;
  }
  return undefined;
}
