import { spanOfFact } from '../../vocabulary/fact.ts';
import type { Rule } from '../rule.ts';
import { object } from '../subject.ts';

export const commandIgnored: Rule = {
  id: 'project/command-ignored',
  summary: 'A command that never reaches the program',
  why: 'An ENTRYPOINT in shell form throws CMD and the command of Compose away: the options that were meant for production are not in force, and nothing says so.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example',
    'https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact',
  ],
  severity: 'medium',
  confidence: 'certain',
  since: '0.2.0',
  mission: ['IMG11', 'IMG9'],
  aliases: [],
  byHand: 'only you know which of the two was meant to run',
  examples: { bad: 'bad-cmd', good: 'good-exec-form' },
  service(service, report) {
    const { entrypoint, command } = service.process;
    const line = entrypoint?.value;
    const words = command?.value?.words ?? [];
    if (line?.form !== 'shell' || words.length === 0) return;
    const at = spanOfFact(command);
    const where = spanOfFact(entrypoint);
    // The words do arrive: as $0, $1, $@.
    if (!at || !where || /\$(?:[@*\d#]|\{[@*\d#])/.test(line.words[0]?.text ?? '')) return;
    const isCompose = service.compose !== undefined && at.file !== service.build?.dockerfile?.file;
    report({
      at,
      message: isCompose
        ? `The command of ${object(service, at)} is thrown away, since the image's ENTRYPOINT is in shell form`
        : 'CMD is thrown away, since ENTRYPOINT is in shell form',
      severity: isCompose ? 'high' : 'medium',
      related: [{ at: where, message: 'the entrypoint is here' }],
    });
  },
};
