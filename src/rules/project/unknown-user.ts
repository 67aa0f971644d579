import { createUser } from '../../cures/create-user.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

export const unknownUser: Rule = {
  id: 'project/unknown-user',
  summary: 'A user that the image does not have',
  why: 'The container does not start: "unable to find user … no matching entries in passwd file".',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#user',
    'https://docs.docker.com/reference/compose-file/services/#user',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG7'],
  aliases: [],
  drill: 'runs-as-non-root',
  examples: { bad: 'bad-nobody-creates-it', good: 'good-created' },
  service(service, report) {
    const { user, image } = service;
    const at = spanOfFact(user);
    const [name = ''] = user?.value.split(':') ?? [];
    if (!at || name === '' || name.includes('$')) return;
    // Compose mounts of /etc/passwd bring accounts too.
    if (service.mounts.some((mount) => mount.target === '/etc/passwd' || mount.target === '/etc')) return;
    if (image.accounts.find(name).presence !== 'no') return;
    const base = image.isScratch ? 'scratch' : (image.base?.text ?? 'its base');
    const nobody = image.stage ? `no line creates it, and ${base} has no such user` : `${base} has no such user`;
    // A list of accounts that nobody wrote down may be short of one.
    const isListed = image.isScratch || image.facts?.users !== undefined || image.facts?.isBase === true;
    const confidence = isListed ? 'certain' : 'likely';
    report({
      at,
      message: `${subject(service, at)} runs as "${name}", but ${nobody}`,
      confidence,
      fix: () => createUser(service),
    });
  },
};
