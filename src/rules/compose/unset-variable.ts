import type { Span } from '../../vocabulary/span.ts';
import type { Rule } from '../rule.ts';

export const unsetVariable: Rule = {
  id: 'compose/unset-variable',
  summary: 'A variable has no value and no default',
  why: 'Compose warns, puts nothing in its place and goes on: a database with an empty password, or an image without a tag.',
  sources: [
    'https://docs.docker.com/reference/compose-file/interpolation/',
    'https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/',
  ],
  severity: 'low',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN17', 'RUN19'],
  aliases: [],
  byHand: 'only you know the value, or whether the service may start without one',
  examples: { bad: 'bad-forgotten', good: 'good-required' },
  compose(compose, report, project) {
    const places = new Map<string, Span[]>();
    for (const { name, span } of compose.unset) {
      const known = places.get(name);
      if (known) known.push(span);
      else places.set(name, [span]);
    }
    // With an env file at hand, a variable that is not in it was forgotten; without one, it may be set elsewhere.
    const hasEnvFile = [...project.sources.keys()].some((file) => /(?:^|\/)\.env$/.test(file));
    for (const [name, [first, ...others]] of places) {
      if (!first) continue;
      report({
        at: first,
        message: hasEnvFile
          ? `${name} is not set by .env and has no default, so nothing stands in its place`
          : `Nothing here sets ${name}, and without it Compose puts nothing in its place`,
        severity: hasEnvFile ? 'medium' : 'low',
        confidence: hasEnvFile ? 'likely' : 'guess',
        related: others.slice(0, 20).map((at) => ({ at, message: 'also used here' })),
      });
    }
    for (const { code, message, span } of compose.faults)
      if (code === 'required-variable') {
        // Made to fail loudly, which is right; here it only tells that the value is kept elsewhere.
        if (hasEnvFile)
          report({ at: span, message: `Compose stops, since .env does not set it: ${lastPart(message)}` });
      }
  },
};

function lastPart(message: string): string {
  return message.slice(message.lastIndexOf(': ') + 2);
}
