import { askIpv4 } from '../../cures/mend-healthcheck.ts';
import type { Service } from '../../model/service.ts';
import { mainCommand } from '../../model/service-role.ts';
import type { Confidence, Severity } from '../../vocabulary/severity.ts';
import { askedBy, ownTest } from '../probe.ts';
import type { Rule } from '../rule.ts';
import { object } from '../subject.ts';

export const healthcheckLocalhost: Rule = {
  id: 'project/healthcheck-localhost',
  summary: "A health check that asks localhost with busybox's wget",
  why: 'Docker gives localhost the address ::1 too; busybox takes that first and never tries 127.0.0.1, so a server on 0.0.0.0 looks dead.',
  sources: [
    'https://github.com/dsgnr/portchecker.io/issues/362',
    'https://github.com/wrzonance/WrzDJ/issues/279',
    'https://github.com/xnohat/webobsidian/issues/30',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['IMG8', 'RUN11'],
  aliases: [],
  drill: 'honest-health',
  examples: { bad: 'bad-alpine-wget', good: 'good-127-0-0-1' },
  service(service, report, project) {
    const test = ownTest(service);
    if (!test || service.image.software.has('wget').flavour !== 'busybox') return;
    for (const asked of askedBy(test)) {
      const { program, host, span } = asked;
      if (program !== 'wget' || host.toLowerCase() !== 'localhost') continue;
      const weight = weighed(service);
      if (!weight) continue;
      const message = `The health check of ${object(service, test.span)} asks "localhost" with busybox's wget, which tries only ::1`;
      report({ at: span, message, ...weight, fix: () => askIpv4(service, project, asked) });
    }
  },
};

const ipv4Only =
  /^(?:nginx|gunicorn|uvicorn|hypercorn|daphne|flask|python3?|uwsgi|php|ruby|puma|streamlit|fastapi|waitress-serve)$/;
/** They listen on [::] unless told otherwise, which takes both. */
const dualStack = /^(?:node|npm|npx|yarn|pnpm|bun|java|dotnet|caddy|pm2|pm2-runtime|redis-server|traefik)$/;

/** Undefined where the server most likely answers on ::1 as well. */
function weighed(service: Service): { severity: Severity; confidence: Confidence } | undefined {
  const texts = [
    ...service.process.commands.flatMap((command) => command.words.map((word) => word.text)),
    ...[...service.environment.values()]
      .filter(({ name }) => /HOST|BIND|ADDR|LISTEN/i.test(name))
      .map(({ value }) => value ?? ''),
  ];
  if (texts.some((text) => /(?:^|\D)::(?:$|\D)|\[::/.test(text))) return undefined;
  if (texts.some((text) => /(?:^|[^\d.])(?:0\.0\.0\.0|127\.0\.0\.1)(?:$|[^\d.])/.test(text)))
    return { severity: 'high', confidence: 'likely' };
  const name = mainCommand(service.process.commands)?.name ?? '';
  // nginx's entrypoint adds `listen [::]:80` to its own default.conf, and leaves other people's files alone.
  if (name === 'nginx' && !hasOwnNginxSite(service)) return undefined;
  if (ipv4Only.test(name)) return { severity: 'medium', confidence: 'likely' };
  // Of a ready-made image nobody said that it is IPv4 only; most are Go or Java, which take both.
  if (dualStack.test(name) || !service.image.stage) return undefined;
  return { severity: 'low', confidence: 'guess' };
}

function hasOwnNginxSite(service: Service): boolean {
  const isSite = (path: string) => /\/nginx(?:\/|$)/.test(path);
  return (
    service.image.files.some(
      ({ path, kind }) => (kind === 'copy' || kind === 'add') && isSite(path) && path.startsWith('/etc/'),
    ) || service.mounts.some(({ target }) => isSite(target) && target.startsWith('/etc/'))
  );
}
