import { dropComposeStopSignal, dropStopSignal } from '../../cures/stop-signal.ts';
import { parseSignal } from '../../knowledge/signals.ts';
import type { Dockerfile } from '../../model/dockerfile/dockerfile.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

export const invalidStopSignal: Rule = {
  id: 'project/invalid-stop-signal',
  summary: 'A stop signal that Docker does not know, or that no program can handle',
  why: 'With an unknown signal Docker refuses to build or to start; with SIGKILL every stop kills the app amid its requests, whatever the grace period.',
  sources: [
    'https://docs.docker.com/reference/dockerfile/#stopsignal',
    'https://docs.docker.com/reference/compose-file/services/#stop_signal',
    'https://man7.org/linux/man-pages/man7/signal.7.html',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG9', 'RUN14'],
  aliases: ['dockerfile-utils:INVALID_SIGNAL'],
  drill: 'graceful-stop',
  examples: { bad: 'bad-kill', good: 'good-quit' },
  dockerfile(dockerfile, report) {
    for (const { text, span, step } of written(dockerfile)) {
      const fault = faultOf(text);
      if (fault)
        report({
          at: span,
          message: `STOPSIGNAL ${fault.says}`,
          aliases: fault.unknown ? invalidStopSignal.aliases : [],
          fix: () => dropStopSignal(step),
        });
    }
  },
  service(service, report, project) {
    const { stopSignal } = service;
    const own = service.attribute('stop_signal');
    const fault = own && stopSignal?.from.kind === 'file' ? faultOf(stopSignal.value) : undefined;
    if (own && fault)
      report({
        at: own.span,
        message: `The stop signal of "${service.name}" ${fault.says}`,
        aliases: [],
        fix: () => dropComposeStopSignal(service, project),
      });
  },
};

function written(dockerfile: Dockerfile) {
  return stepsIn(dockerfile, 'file', 'STOPSIGNAL').flatMap((step) => {
    const { instruction, scope } = step;
    const [word] = instruction.words;
    if (!word) return [];
    const { text, unset } = scope.expand(word.text);
    // A variable that the build sets may hold anything.
    return text === undefined || text === '' || unset.length > 0 ? [] : [{ text, span: word.span, step }];
  });
}

function faultOf(text: string): { says: string; unknown: boolean } | undefined {
  const signal = parseSignal(text);
  if (!signal) return { says: `is "${text.slice(0, 40)}", which is no signal`, unknown: true };
  return signal.catchable
    ? undefined
    : { says: `is ${signal.name ?? text}, which no program can handle`, unknown: false };
}
