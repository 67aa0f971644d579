import { giveTimeToStop } from '../../cures/stop-grace.ts';
import type { Service } from '../../model/service.ts';
import { parseDuration, printDuration } from '../../vocabulary/duration.ts';
import type { Confidence } from '../../vocabulary/severity.ts';
import type { Span } from '../../vocabulary/span.ts';
import type { Rule } from '../rule.ts';

// https://docs.docker.com/reference/cli/docker/container/stop/
const dockerDefaultMs = 10_000;

export const stopGraceTooShort: Rule = {
  id: 'compose/stop-grace-too-short',
  summary: 'A stop that Docker cuts short',
  why: 'The app asks for more time to finish its requests than Docker gives it, so each deploy kills those that are still running.',
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#stop_grace_period',
    'https://docs.gunicorn.org/en/stable/settings.html#graceful-timeout',
    'https://www.uvicorn.org/settings/#timeouts',
  ],
  severity: 'high',
  confidence: 'likely',
  since: '0.1.0',
  mission: ['RUN14'],
  aliases: [],
  drill: 'graceful-stop',
  examples: { bad: 'bad-default-grace', good: 'good-longer-grace' },
  service(service, report, project) {
    if (!service.compose) return;
    const graceMs = service.stopGraceMs?.value ?? dockerDefaultMs;
    const longest = drains(service).reduce<Drain | undefined>(
      (most, drain) => (most && most.ms >= drain.ms ? most : drain),
      undefined,
    );
    // As long as each other, the kill and the end of the drain come at the same moment.
    if (!longest || longest.ms < graceMs) return;
    const given = service.stopGraceMs ? printDuration(graceMs) : `Docker's ${printDuration(graceMs)}`;
    report({
      at: service.stopGraceMs?.span ?? service.at('stop_grace_period'),
      message: `"${service.name}" takes up to ${printDuration(longest.ms)} to stop (${longest.name}), but is killed after ${given}`,
      confidence: longest.sure,
      related: [{ at: longest.span, message: 'the time it takes is set here' }],
      fix: () => giveTimeToStop(service, project, longest.ms),
    });
  },
};

interface Drain {
  readonly name: string;
  readonly ms: number;
  readonly span: Span;
  readonly sure: Confidence;
}

const flags =
  /^--(?:graceful-timeout|timeout-graceful-shutdown|graceful-shutdown-timeout|shutdown-timeout|shutdown-grace-period|drain-timeout|drain-time|drain-period|graceful-stop-timeout|shutdown-delay|grace-period|entrypoints\.\w+\.transport\.lifecycle\.gracetimeout)$/i;

function drains(service: Service): Drain[] {
  const found: Drain[] = [];
  for (const command of service.process.commands)
    command.words.forEach((word, index) => {
      const [, name = '', inline] = /^(--[\w.-]+)(?:=(.*))?$/.exec(word.text) ?? [];
      if (!flags.test(name)) return;
      const ms = timeOf(inline ?? command.words[index + 1]?.text ?? '', undefined);
      if (ms !== undefined) found.push({ name, ms: ms.ms, span: word.span, sure: 'likely' });
    });
  for (const { name, value, span } of service.environment.values()) {
    if (value === undefined) continue;
    // The server's own arguments in a variable: GUNICORN_CMD_ARGS="--graceful-timeout 60".
    for (const match of value.matchAll(/(?:^|\s)(--[\w-]+)[= ](\d+\w*)/g)) {
      const ms = flags.test(match[1] ?? '') ? timeOf(match[2] ?? '', undefined) : undefined;
      if (ms) found.push({ name: match[1] ?? name, ms: ms.ms, span, sure: 'likely' });
    }
    if (!isDrainName(name)) continue;
    const ms = timeOf(value, name);
    if (ms) found.push({ name, ms: ms.ms, span, sure: ms.sure });
  }
  return found;
}

function isDrainName(name: string): boolean {
  if (name === 'SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE') return true;
  if (!/(?:^|_)(?:DRAIN|DRAINING|SHUTDOWN|GRACE|GRACEFUL|LAME_?DUCK)(?:_|$)/i.test(name)) return false;
  // Session or token grace has nothing to do with stopping.
  return (
    /(?:MS|MILLIS(?:ECONDS)?|S|SECS?|SECONDS|TIMEOUT|PERIOD|DELAY|TIME|DURATION|WAIT|DRAIN|LAME_?DUCK)$/i.test(name) &&
    !/TOKEN|SESSION|LOGIN|BILLING|TRIAL|PAYMENT|CACHE/i.test(name)
  );
}

/** A Go or Java duration, or a number whose unit the name tells; a bare number above 999 can only be milliseconds. */
function timeOf(value: string, name: string | undefined): { ms: number; sure: Confidence } | undefined {
  const text = value.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    const number = Number(text);
    if (name !== undefined && /(?:_|^)(?:MS|MILLIS(?:ECONDS)?)$/i.test(name)) return { ms: number, sure: 'likely' };
    if (name === undefined || /(?:_|^)(?:S|SECS?|SECONDS)$/i.test(name)) return { ms: number * 1000, sure: 'likely' };
    return { ms: number >= 1000 ? number : number * 1000, sure: 'guess' };
  }
  const iso = /^PT(?:(\d+)M)?(?:(\d+)S)?$/i.exec(text);
  const ms = iso ? Number(iso[1] ?? 0) * 60_000 + Number(iso[2] ?? 0) * 1000 : parseDuration(text);
  return ms === undefined || ms <= 0 ? undefined : { ms, sure: 'likely' };
}
