import { copyForUser } from '../../cures/open-to-user.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import type { FileEffect } from '../../model/image/image.ts';
import { programOf } from '../../model/image/programs.ts';
import type { Service } from '../../model/service.ts';
import type { Rule } from '../rule.ts';

export const userCannotRead: Rule = {
  id: 'project/user-cannot-read',
  summary: 'Files that the user of the container cannot reach',
  why: 'The app ends with "permission denied" or "module not found" as soon as it no longer runs as root: most often on the day that USER is added.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#user',
    'https://docs.docker.com/reference/dockerfile/#copy---chown---chmod',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG7'],
  aliases: [],
  drill: 'runs-as-non-root',
  byHand: 'only you know where else these files can go',
  examples: { bad: 'bad-root-local', good: 'good-home-of-the-user' },
  service(service, report) {
    const { image, user } = service;
    if (service.privilege !== 'non-root' || !user || !image.stage || image.facts?.os?.family === 'windows') return;
    const [name = ''] = user.value.split(':');
    const homeOpened = image.files.some(
      ({ kind, path }) => (kind === 'chmod' || kind === 'chown') && (path === '/root' || path === '/'),
    );
    const used = usedByTheBuild(image.stage.steps);
    const closed = image.files.slice(0, mostFiles);
    for (const effect of closed) {
      if (effect.kind !== 'copy' && effect.kind !== 'add') continue;
      // Debian, Ubuntu, Alpine and the Red Hat images all have /root at 0700 or 0550.
      if (isForTheBuild(effect, used)) continue;
      if (isBelow(effect.path, '/root') && !homeOpened) {
        report({
          at: effect.span,
          message: `User ${name} cannot reach ${effect.path}: /root is closed to all but root`,
        });
      } else if (isClosed(effect) && !ownedBy(effect, service) && !reopened(effect, closed)) {
        report({
          at: effect.span,
          message: `User ${name} cannot read ${effect.path}: its mode ${effect.mode} lets only its owner in`,
          fix: () => copyForUser(service, effect),
        });
      }
    }
    if (homeOpened) return;
    for (const step of image.stage.steps) {
      const { keyword, pairs } = step.instruction;
      if (keyword === 'ENV')
        for (const pair of pairs) {
          const own = (pair.value ?? '').replace(/\$\{?PATH\}?/g, '');
          if (pair.key === 'PATH' && /(?:^|[:="'])\/root\//.test(own))
            report({ at: pair.span, message: `User ${name} cannot use the programs below /root, which PATH names` });
        }
      if (keyword !== 'RUN' || (step.user && step.user.value.split(':')[0] !== 'root' && step.user.value !== '0'))
        continue;
      for (const command of step.commands) {
        const { name: program, args } = programOf(command);
        const isPip = program !== undefined && /^pip[\d.]*$/.test(program);
        if (isPip && args[0]?.text === 'install' && args.some((word) => word.text === '--user'))
          report({
            at: command.span,
            message: `User ${name} cannot import what "pip install --user" puts in /root/.local`,
          });
      }
    }
  },
};

// Files are compared with each other; no real Dockerfile touches so many.
const mostFiles = 2000;

/** Names of files that RUN lines use: `RUN pip install -r /root/requirements.txt`. */
function usedByTheBuild(steps: readonly Step[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const step of steps)
    if (step.instruction.keyword === 'RUN')
      for (const command of step.commands) for (const word of command.words) names.add(baseName(word.text));
  return names;
}

/** `COPY requirements.txt /root/`, for a RUN line: nobody reads it at run time. */
function isForTheBuild({ source }: FileEffect, used: ReadonlySet<string>): boolean {
  const name = baseName(source ?? '');
  return name.includes('.') && used.has(name);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** `--chmod=600`, `0700`, `u=rwx,go=`: nothing for others. */
function isClosed({ mode }: FileEffect): boolean {
  return mode !== undefined && /^0?[0-7][0-7]0$/.test(mode);
}

/** The copy belongs to the user, or to a group whose rights we do not weigh. */
function ownedBy({ owner }: FileEffect, service: Service): boolean {
  return owner !== undefined && !/^(?:root|0)(?::(?:root|0))?$/.test(owner) && service.user !== undefined;
}

function reopened(effect: FileEffect, files: readonly FileEffect[]): boolean {
  return files
    .slice(files.indexOf(effect) + 1)
    .some((later) => (later.kind === 'chown' || later.kind === 'chmod') && isBelow(effect.path, later.path));
}
