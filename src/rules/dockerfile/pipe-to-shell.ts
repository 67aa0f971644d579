import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import { downloadOf, isLocalUrl } from '../downloads.ts';
import type { Rule } from '../rule.ts';
import { commandsNear, pipedInto, stepsIn } from '../steps.ts';

const interpreters: ReadonlySet<string> = new Set(
  'sh bash dash ash zsh ksh python python2 python3 perl ruby node php'.split(' '),
);

export const pipeToShell: Rule = {
  id: 'dockerfile/pipe-to-shell',
  summary: 'A script from the network run unseen',
  why: "Whoever controls that address on the day of the build runs code in it, as the attackers of Codecov's uploader did for two months in 2021.",
  sources: [
    'https://about.codecov.io/security-update/',
    'https://docs.docker.com/build/building/best-practices/#add-or-copy',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG12', 'SCN1'],
  aliases: [],
  byHand: 'the script must be read, and pinned by its checksum',
  examples: { bad: 'bad-curl-bash', good: 'good-checked' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build', 'RUN')) {
      for (const command of step.commands) {
        const download = downloadOf(command);
        const shell = download && readerOf(step, command);
        if (!download || !shell || download.urls.every(({ text }) => isLocalUrl(text))) continue;
        const isPlain = download.urls.some(({ text }) => /^http:\/\//i.test(text));
        report({
          at: command.span,
          severity: isPlain ? 'high' : 'medium',
          message: `${shell} runs what ${download.program} fetches${isPlain ? ' over plain HTTP' : ''}, whatever that is on the day`,
        });
      }
    }
  },
};

/** What runs the output: `| bash`, `bash <(curl …)`, `sh -c "$(curl …)"`. */
function readerOf(step: Step, command: ShellCommand): string | undefined {
  const pipe = pipedInto(step, command);
  // A checksum in between makes it a known script.
  if (pipe.some((other) => /sha\d+sum|gpg|openssl/.test(programOf(other).name ?? ''))) return undefined;
  for (const other of pipe) {
    const { name, args } = programOf(other);
    if (name === undefined || !interpreters.has(name)) continue;
    // `python -c 'import json…'` and `python -m json.tool` read the input as data.
    if (!/^(?:ba|da|a|z|k)?sh$/.test(name) && args.some(({ text }) => /^-[cemnp]/.test(text) || /\.\w+$/.test(text)))
      continue;
    return name;
  }
  if (!command.within.includes('substitution')) return undefined;
  const outer = commandsNear(step, command).find(
    (other) =>
      other !== command &&
      other.span.start <= command.span.start &&
      other.span.end >= command.span.end &&
      !other.within.includes('substitution'),
  );
  const { name, args } = outer ? programOf(outer) : { name: undefined, args: [] };
  const isScript =
    name !== undefined &&
    /^(?:(?:ba|da|a|z|k)?sh|eval|source|\.)$/.test(name) &&
    args.some(({ text }) => /^(?:\$\(|`|<\()\s*(?:curl|wget)/.test(text));
  return isScript ? name : undefined;
}
