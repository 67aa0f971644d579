import type { Severity } from '../../vocabulary/severity.ts';
import { isContainer } from '../deployed.ts';
import type { Rule } from '../rule.ts';

const profiles: readonly {
  readonly option: RegExp;
  readonly message: string;
  readonly severity: Severity;
  readonly aliases: readonly string[];
}[] = [
  {
    option: /^seccomp[:=]unconfined$/i,
    message: 'may make every system call: its seccomp profile is off',
    severity: 'high',
    aliases: ['kics:default_seccomp_profile_disabled', 'semgrep:seccomp-confinement-disabled'],
  },
  {
    option: /^apparmor[:=]unconfined$/i,
    message: 'is not held by AppArmor: its profile is off',
    severity: 'high',
    aliases: [],
  },
  {
    option: /^label[:=]disable$/i,
    message: 'is not held by SELinux: its labels are off',
    severity: 'medium',
    aliases: ['semgrep:selinux-separation-disabled'],
  },
  {
    option: /^systempaths[:=]unconfined$/i,
    message: 'sees and writes the parts of /proc and /sys that Docker hides',
    severity: 'high',
    aliases: [],
  },
];

export const securityProfileOff: Rule = {
  id: 'compose/security-profile-off',
  summary: 'A security profile of the engine is switched off',
  why: "Docker's profiles stopped many kernel holes before they had a name; without one, the next such hole leads to the host.",
  sources: [
    'https://docs.docker.com/engine/security/seccomp/',
    'https://docs.docker.com/engine/security/apparmor/',
    'https://docs.docker.com/reference/cli/docker/container/run/#security-opt',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['RUN3'],
  aliases: [
    'kics:default_seccomp_profile_disabled',
    'semgrep:seccomp-confinement-disabled',
    'semgrep:selinux-separation-disabled',
  ],
  byHand: 'only you know what the profile stood in the way of',
  examples: { bad: 'bad-seccomp', good: 'good-own-profile' },
  service(service, report) {
    // Privileged containers have no profiles anyway.
    if (!isContainer(service)) return;
    for (const { value, span } of service.securityOptions)
      for (const { option, message, severity, aliases } of profiles)
        if (option.test(value))
          report({
            at: span,
            message: `"${service.name}" ${message}`,
            severity,
            // semgrep looks at services with an `image` only.
            aliases: aliases.filter(
              (alias) => service.attribute('image') !== undefined || !alias.startsWith('semgrep:'),
            ),
          });
  },
};
