import { stopAsImageSays } from '../../cures/stop-signal.ts';
import { parseSignal } from '../../knowledge/signals.ts';
import { mainCommand } from '../../model/service-role.ts';
import { spanOfFact } from '../../vocabulary/fact.ts';
import type { Rule } from '../rule.ts';
import { subject } from '../subject.ts';

export const overriddenStopSignal: Rule = {
  id: 'project/overridden-stop-signal',
  summary: 'A stop signal other than the one the image needs to end gracefully',
  why: 'The image chose its signal because the usual one cuts connections or waits for ever: nginx drops requests on SIGTERM, PostgreSQL waits for its clients until it is killed.',
  sources: [
    'https://nginx.org/en/docs/control.html',
    'https://www.postgresql.org/docs/current/server-shutdown.html',
    'https://httpd.apache.org/docs/current/stopping.html',
    'https://docs.docker.com/reference/dockerfile/#stopsignal',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG9', 'RUN14'],
  aliases: [],
  drill: 'graceful-stop',
  examples: { bad: 'bad-nginx-term', good: 'good-nginx-quit' },
  service(service, report, project) {
    const { stopSignal, image, process } = service;
    const at = spanOfFact(stopSignal);
    const wanted = image.facts?.stopSignal;
    if (!stopSignal || !at || wanted === undefined || wanted === null) return;
    const is = parseSignal(stopSignal.value);
    const should = parseSignal(wanted);
    if (!is?.catchable || !should || is.number === should.number) return;
    // Another program than the image's own may need another signal.
    const own = image.facts?.cmd?.[0] ?? image.facts?.entrypoint?.[0];
    const main = mainCommand(process.commands)?.name;
    if (main !== undefined && own !== undefined && main !== own.split('/').at(-1)) return;
    const base = image.base?.text ?? image.facts?.image ?? 'the image';
    const message = `${subject(service, at)} is stopped with ${is.name ?? stopSignal.value}, but ${base} ends gracefully on ${should.name ?? wanted}`;
    report({ at, message, fix: () => stopAsImageSays(service, project, should.name ?? wanted) });
  },
};
