import { forbidNewPrivileges } from '../../cures/no-new-privileges.ts';
import { isDeployed } from '../deployed.ts';
import type { Rule } from '../rule.ts';

export const noNewPrivileges: Rule = {
  id: 'compose/no-new-privileges',
  summary: 'Processes of a container may gain privileges by setuid programs',
  why: 'An intruder in a process without rights needs one setuid program in the image, such as su, mount or a forgotten helper, to become root.',
  sources: [
    'https://docs.docker.com/reference/cli/docker/container/run/#security-opt',
    'https://docs.kernel.org/userspace-api/no_new_privs.html',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN3'],
  aliases: ['kics:no_new_privileges_not_set', 'kics:security_opt_not_set', 'semgrep:no-new-privileges'],
  drill: 'no-new-privileges',
  examples: { bad: 'bad-default', good: 'good-set' },
  service(service, report, project) {
    if (!isDeployed(service)) return;
    const option = service.securityOptions.find(({ value }) => /^no-new-privileges\b/.test(value));
    // The bare word means true to the engine.
    if (option && /^no-new-privileges(?:[:=]true)?$/i.test(option.value)) return;
    // One peer looks only where security_opt is written, another only where it is not.
    const peer =
      service.attribute('security_opt') === undefined ? 'kics:security_opt_not_set' : 'kics:no_new_privileges_not_set';
    report({
      at: option?.span ?? service.at('security_opt'),
      message: option
        ? `"${service.name}" says ${option.value}, so its processes may gain privileges`
        : `Processes of "${service.name}" may gain privileges by setuid programs`,
      // semgrep looks at services with an `image` only.
      aliases: service.attribute('image') ? [peer, 'semgrep:no-new-privileges'] : [peer],
      fix: () => forbidNewPrivileges(service, project),
    });
  },
};
