import type { Stage } from '../../model/dockerfile/dockerfile.ts';
import { programOf, type ShellCommand } from '../../model/image/programs.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const curlAndWget: Rule = {
  id: 'dockerfile/curl-and-wget',
  summary: 'curl and wget used side by side',
  why: 'Two programs for one job: twice the packages, and twice the ways to set proxies and certificates.',
  sources: ['https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages'],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG4'],
  aliases: ['hadolint:DL4001', 'trivy:DS-0014', 'kics:run_using_wget_and_curl', 'semgrep:use-either-wget-or-curl'],
  optIn: true,
  byHand: 'only you know which of the two to keep',
  examples: { bad: 'bad-both', good: 'good-one' },
  dockerfile(dockerfile, report) {
    const byStage = new Map<Stage, Map<string, ShellCommand>>();
    for (const step of stepsIn(dockerfile, 'file', 'RUN')) {
      const first = byStage.get(step.stage) ?? new Map<string, ShellCommand>();
      byStage.set(step.stage, first);
      for (const command of step.commands) {
        const { name } = programOf(command);
        if ((name === 'curl' || name === 'wget') && !first.has(name)) first.set(name, command);
      }
    }
    for (const first of byStage.values()) {
      const [one, other] = first.values();
      if (one && other)
        report({
          at: other.span,
          message: `${other === first.get('wget') ? 'wget' : 'curl'} is used where ${one === first.get('wget') ? 'wget' : 'curl'} was before`,
          related: [{ at: one.span, message: 'the other is here' }],
        });
    }
  },
};
