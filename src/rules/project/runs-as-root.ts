import type { Stage } from '../../model/dockerfile/dockerfile.ts';
import { type EntryScript, entryScript } from '../../model/entry-script.ts';
import type { Image } from '../../model/image/image.ts';
import { programOf } from '../../model/image/programs.ts';
import type { Service } from '../../model/service.ts';
import { mainCommand } from '../../model/service-role.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import type { Confidence, Severity } from '../../vocabulary/severity.ts';
import type { Rule } from '../rule.ts';
import { lackAt, subject } from '../subject.ts';

const lastIsRoot = [
  'hadolint:DL3002',
  'trivy:DS-0002',
  'kics:last_user_is_root',
  'checkov:CKV_DOCKER_8',
  'semgrep:last-user-is-root',
  'dockle:CIS-DI-0001',
];
const noUser = [
  'trivy:DS-0002',
  'kics:missing_user_instruction',
  'checkov:CKV_DOCKER_3',
  'semgrep:missing-user',
  'semgrep:missing-user-entrypoint',
  'dockle:CIS-DI-0001',
];

export const runsAsRoot: Rule = {
  id: 'project/runs-as-root',
  summary: 'A container that runs as root',
  why: 'Whoever breaks into the app is root in the container, may change every file of it, and needs one kernel or mount mistake to be root on the host.',
  sources: [
    'https://docs.docker.com/build/building/best-practices/#user',
    'https://docs.docker.com/engine/security/#linux-kernel-capabilities',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG7'],
  aliases: [...new Set([...lastIsRoot, ...noUser])],
  drill: 'runs-as-non-root',
  examples: { bad: 'bad-no-user', good: 'good-user' },
  service(service, report, project) {
    const { user, image } = service;
    if (service.privilege === 'non-root' || service.privilege === 'steps-down') return;
    if (!image.stage && !user) return; // An image that nobody looked at: nothing says that it runs as root.
    if (user?.value.includes('$') || isWindows(service)) return;
    if (!user && stageHas(image.stage, 'USER')) return; // USER by a variable that only the build sets.
    if (givesUpRoot(service, entryScript(service, project))) return;
    const own = spanOfFact(user);
    const at = own ?? lackAt(service, 'user');
    const who = subject(service, at);
    const base = image.isScratch ? 'scratch' : (image.base?.text ?? image.stage?.from.written ?? 'the image');
    const { severity, confidence } = weighed(service);
    if (!user) {
      const message = `${who} may run as root: it has no USER, and nothing is known of ${base}`;
      report({ at, message, severity: 'medium', confidence: 'guess', aliases: withoutUser(image) });
    } else if (own) {
      const inCompose = service.attribute('user') !== undefined;
      const message = inCompose ? 'its user is' : 'its last USER is';
      report({
        at,
        message: `${who} runs as root: ${message} ${user.value}`,
        severity,
        confidence,
        aliases: inCompose ? [] : lastIsRoot,
      });
    } else {
      const because = image.stage ? `it has no USER, and ${base} starts as root` : `${base} does unless told otherwise`;
      const sure = image.isScratch ? confidence : user.sure;
      report({
        at,
        message: `${who} runs as root: ${because}`,
        severity: image.isScratch ? 'medium' : severity,
        confidence: confidence === 'likely' && sure === 'certain' ? 'likely' : sure,
        aliases: withoutUser(image),
      });
    }
  },
};

// They start as root on purpose and give it up in the processes that meet strangers; a root process remains.
const rootMasters =
  /^(?:nginx|openresty|httpd|apache2|apache2-foreground|apache2ctl|apachectl|httpd-foreground|php-fpm[\d.]*|postfix|master|sshd|crond?|supervisord|s6-svscan|my_init|runsvdir|dovecot|haproxy|init)$/;

function weighed(service: Service): { severity: Severity; confidence: Confidence } {
  const main = mainCommand(service.process.commands);
  if (rootMasters.test(main?.name ?? '')) return { severity: 'medium', confidence: 'likely' };
  // It runs a moment, by hand or once; nobody reaches it from outside.
  if (service.role.runs !== 'server') return { severity: 'medium', confidence: 'certain' };
  return { severity: 'high', confidence: 'certain' };
}

const droppers = new Set([
  'gosu',
  'su-exec',
  'setpriv',
  'runuser',
  's6-setuidgid',
  'setuser',
  'chpst',
  'su',
  'entrypoint-demoter',
]);

/** `gosu app …` on the command line, or in the script that is PID 1. */
function givesUpRoot(service: Service, script: EntryScript | undefined): boolean {
  const commands = [...service.process.commands, ...(script?.commands ?? [])];
  return commands.some((command) => {
    const { name, through } = programOf(command);
    return [...through, name ?? ''].some((one) => droppers.has(one)) && !/\broot\b/.test(command.words[1]?.text ?? '');
  });
}

/** No other tool looks at images that are only pulled; semgrep asks for USER only where something is run. */
function withoutUser(image: Image): readonly string[] {
  if (!image.stage) return [];
  const has = (keyword: string) => stageHas(image.stage, keyword);
  return noUser.filter((alias) => {
    if (alias === 'kics:missing_user_instruction') return !image.isScratch;
    if (alias === 'semgrep:missing-user') return has('CMD');
    return alias !== 'semgrep:missing-user-entrypoint' || has('ENTRYPOINT');
  });
}

function stageHas(stage: Stage | undefined, keyword: string): boolean {
  for (let at = stage; at; at = at.from.stage)
    if (at.steps.some(({ instruction }) => instruction.keyword === keyword)) return true;
  return false;
}

function isWindows(service: Service): boolean {
  return service.image.facts?.os?.family === 'windows' || /windows/i.test(service.image.base?.text ?? '');
}
