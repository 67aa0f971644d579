import { runAsUser } from '../../cures/run-as-user.ts';
import type { Service } from '../../model/service.ts';
import { mainCommand } from '../../model/service-role.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import type { Confidence, Severity } from '../../vocabulary/severity.ts';
import { isNoRoot } from '../no-root.ts';
import type { Rule } from '../rule.ts';
import { lackAt, subject } from '../subject.ts';
import { aliasesWithoutUser, lastIsRoot, noUser, stageHas } from '../user-instructions.ts';

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
    if (!image.stage && !user) return; // An image that nobody looked at: nothing says that it runs as root.
    if (user?.value.includes('$') || isNoRoot(service, project)) return;
    if (!user && stageHas(image.stage, 'USER')) return; // USER by a variable that only the build sets.
    const own = spanOfFact(user);
    const at = own ?? lackAt(service, 'user');
    const who = subject(service, at);
    const base = image.isScratch ? 'scratch' : (image.base?.text ?? image.stage?.from.written ?? 'the image');
    const { severity, confidence } = weighed(service);
    const fix = () => runAsUser(service, project);
    if (!user) {
      const message = `${who} may run as root: it has no USER, and nothing is known of ${base}`;
      report({ at, message, severity: 'medium', confidence: 'guess', aliases: aliasesWithoutUser(image), fix });
    } else if (own) {
      const inCompose = service.attribute('user') !== undefined;
      const message = inCompose ? 'its user is' : 'its last USER is';
      report({
        at,
        message: `${who} runs as root: ${message} ${user.value}`,
        severity,
        confidence,
        aliases: inCompose ? [] : lastIsRoot,
        fix,
      });
    } else {
      const because = image.stage ? `it has no USER, and ${base} starts as root` : `${base} does unless told otherwise`;
      const sure = image.isScratch ? confidence : user.sure;
      report({
        at,
        message: `${who} runs as root: ${because}`,
        severity: image.isScratch ? 'medium' : severity,
        confidence: confidence === 'likely' && sure === 'certain' ? 'likely' : sure,
        aliases: aliasesWithoutUser(image),
        fix,
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
