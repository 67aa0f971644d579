import { numberUser } from '../../cures/number-user.ts';
import { userAfter } from '../../model/dockerfile/build-dockerfile.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import type { Rule } from '../rule.ts';

export const nonNumericUser: Rule = {
  id: 'dockerfile/non-numeric-user',
  summary: 'USER by name instead of number',
  why: 'Kubernetes cannot tell from a name that it is not root, and with runAsNonRoot it refuses to start the container.',
  sources: [
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
    'https://docs.docker.com/reference/dockerfile/#user',
  ],
  severity: 'low',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG7'],
  aliases: ['hadolint:DL3066'],
  // Matters to Kubernetes only.
  optIn: true,
  examples: { bad: 'bad-name', good: 'good-number' },
  dockerfile(dockerfile, report) {
    const user = dockerfile.target && userAfter(dockerfile.target);
    const at = spanOfFact(user);
    const name = user?.value.split(':')[0];
    if (!at || name === undefined || name === '' || name === 'root' || /^\d+$/.test(name)) return;
    const fix = () => numberUser(dockerfile.target, user, at);
    report({ at, message: `USER "${name}" is a name: nothing in the image's settings shows that it is not root`, fix });
  },
};
