import type { HttpRequest } from '../../inside/protocol.ts';
import type { Lab, World } from '../lab.ts';
import { counted } from '../rights/counted.ts';
import { ownProcesses } from '../rights/own-processes.ts';
import { watchedMs } from '../rights/serving.ts';
import { Search, type Trace, type Wanted } from './traces.ts';

/** Bytes of a log that are searched: its end. */
const mostLog = 20 * 2 ** 20;

export interface WorldSearched {
  readonly traces: readonly Trace[];
  /** Seen where a secret that came as a file may be: the environment of its own processes. */
  readonly notes: readonly Trace[];
  readonly places: readonly string[];
}

/** Asks it, rightly and wrongly, stops it, and looks through all that the engine shows of it. */
export async function searchWorld(lab: Lab, world: World, wanted: readonly Wanted[]): Promise<WorldSearched> {
  const search = new Search(wanted);
  const noted = new Search(wanted);
  const { subject } = world;
  lab.step('sending it requests, right ones and wrong ones');
  const at = await subject.address();
  let answers = 0;
  if (at) {
    const outside = await world.outside();
    for (const request of [...lab.settings.requests, ...wrongRequests(lab.settings.requests)]) {
      const answer = await outside.http(at.host, at.port, request, 5000);
      if (answer.status === undefined) continue;
      answers++;
      search.in(`its answer to ${request.method} ${request.path}`, `${JSON.stringify(answer.headers)}\n${answer.body}`);
    }
  }
  // What is polled, retried or reported every few seconds is logged then.
  await lab.wait(watchedMs);
  const probed = await subject.probe();
  if (probed) search.in('the log of its health test', probed.output);
  lab.step('looking for them');
  const inside = await subject.inside();
  const processes = await ownProcesses(inside);
  for (const { pid, name, command } of processes) {
    search.in(`the command line of ${name} (PID ${pid})`, command.join('\0'));
    const environment = await inside.environment(pid).catch(() => ({}));
    for (const [variable, value] of Object.entries(environment)) noted.in(`${variable} of ${name} (PID ${pid})`, value);
  }
  search.inInspect((await subject.container.inspect()).raw);
  await subject.container.stop(Math.min(10, Math.ceil(lab.plan.stopGraceMs / 1000)));
  const log = (await subject.container.logs()).slice(-mostLog);
  search.in('its log', log);
  const lines = log === '' ? 0 : log.split('\n').length;
  return {
    traces: search.traces,
    notes: noted.traces,
    places: [
      'docker inspect',
      counted(processes.length, 'process', 'processes'),
      counted(answers, 'answer'),
      `${counted(lines, 'line')} of its log`,
    ],
  };
}

/** A page that is not there, and bodies that cannot be read: errors are where secrets slip out. */
function wrongRequests(requests: readonly HttpRequest[]): HttpRequest[] {
  const broken = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"seaworthy":' };
  const paths = [...new Set([...requests.map(({ path }) => path), '/'])].slice(0, 5);
  return [
    { method: 'GET', path: '/seaworthy-no-such-page?seaworthy=%00' },
    ...paths.map((path) => ({ ...broken, path })),
  ];
}
