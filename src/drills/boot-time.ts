import { type Drill, inconclusive } from './drill.ts';
import { type Boot, judgeBoots } from './health/boot-verdict.ts';
import { cpuTimesOf, crowdOf } from './health/crowd.ts';
import { paceOf, patienceMs } from './health/health-pace.ts';
import { unscheduled } from './health/health-schedule.ts';
import { probeWords } from './health/health-watch.ts';
import { noHealthCheck } from './honest-health.ts';
import type { Lab, Subject, World } from './lab.ts';

/** Half a core: what a busy machine leaves, where the file promises nothing. */
const scarceCpus = 0.5;

export const bootTime: Drill = {
  id: 'boot-time',
  claim: 'It is healthy before its health check gives it up: start_period and retries cover its real boot time',
  why: 'A service that boots slower than its start_period is called unhealthy at every start, and on the day of the slow disk it is restarted for ever.',
  experiment:
    'Starts it five times, the first with empty volumes, under the CPU limit of its file, and waits until the engine calls it healthy; where the engine looks less often than every two seconds, its health test is also run by us, in a fifth of the time at most. Once more with half a core where the file sets no limit, which is only told.',
  mission: ['DRL13', 'RUN11'],
  sources: [
    'https://docs.docker.com/reference/dockerfile/#healthcheck',
    'https://docs.docker.com/reference/compose-file/services/#healthcheck',
    'https://github.com/moby/moby/blob/master/daemon/health.go',
  ],
  attach: 'never',
  company: 'alone',
  budget: (service) => Math.round(120 + 7 * (longestBootMs(paceOf(service)) / 1000 + 15)),
  skip: (service) => noHealthCheck(service),
  async run(lab) {
    const pace = paceOf(lab.service);
    const boots = await severalBoots(lab);
    const [first] = boots;
    if (!first) return inconclusive('It was not started');
    const hasLimit = (lab.plan.body.HostConfig.NanoCpus ?? 0) > 0 || lab.service.cpuLimit !== undefined;
    const scarce = first.healthyMs === undefined || hasLimit ? undefined : await scarceBoot(lab);
    return judgeBoots({ boots, scarce, pace, cpus: lab.service.cpuLimit?.value, crowd: await crowdOf(lab) });
  },
};

/** Up to where a boot is waited for: well past the point where the engine gives up. */
const longestBootMs = (pace: ReturnType<typeof paceOf>) => Math.min(180_000, Math.max(120_000, 2 * patienceMs(pace)));

async function severalBoots(lab: Lab): Promise<Boot[]> {
  const world = await lab.world({ held: true });
  const boots = [await boot(lab, world, 'first')];
  for (let count = 2; count <= 5; count++) {
    const last = boots.at(-1)!;
    // Slow ones are measured less often, and what never comes up once is not tried five times.
    if (last.healthyMs === undefined || (count > 3 && last.healthyMs > 10_000)) break;
    await world.subject.container.stop(10);
    boots.push(await boot(lab, world, 'again'));
  }
  return boots;
}

async function scarceBoot(lab: Lab): Promise<Boot> {
  const world = await lab.world({
    held: true,
    change: (plan) => ({
      ...plan,
      body: { ...plan.body, HostConfig: { ...plan.body.HostConfig, NanoCpus: scarceCpus * 1e9 } },
    }),
  });
  return boot(lab, world, 'half a core');
}

async function boot(lab: Lab, world: World, which: Boot['which']): Promise<Boot> {
  lab.step(`starting it (${which})`);
  const { subject } = world;
  const pace = paceOf(lab.service);
  const known = subject.events().length;
  const began = performance.now();
  const ms = () => performance.now() - began;
  await subject.start();
  let openMs: number | undefined;
  let healthyMs: number | undefined;
  let noProbes: string | undefined;
  let because = 'the engine made no probe that passed';
  let nextMs = 0;
  await lab.until(
    longestBootMs(pace),
    async () => {
      if (openMs === undefined && (await isOpen(world))) openMs = ms();
      healthyMs = sinceStart(subject, known, 'health_status: healthy');
      if (healthyMs !== undefined) return true;
      noProbes = unscheduled(lab.engine, (await subject.container.inspect()).state, pace);
      if (noProbes !== undefined) return true;
      // A probe takes some of the CPU that the service boots with. Where the engine looks every second or two that is
      // enough; else we look too, once the port is open, and for at most a fifth of the time.
      if (pace.intervalMs <= 2000 || ms() < nextMs || (openMs === undefined && ms() < nextMs + 2000)) return false;
      const probe = await subject.probe().catch(() => undefined);
      nextMs = ms() + Math.max(100, 4 * (probe?.ms ?? 0));
      if (probe?.ok) healthyMs = ms();
      else if (probe) because = probe.timedOut ? 'its health test timed out' : probe.output.trim().slice(0, 200);
      return healthyMs !== undefined;
    },
    50,
  );
  lab.waited(ms());
  const { restartCount, state } = await subject.container.inspect();
  const failed = state.health?.log.findLast(({ exitCode }) => exitCode !== 0);
  return {
    which,
    openMs,
    healthyMs,
    gaveUpMs: sinceStart(subject, known, 'health_status: unhealthy'),
    restarts: restartCount,
    ...(await cpuTimesOf(lab, subject)),
    ...(noProbes === undefined ? {} : { noProbes }),
    ...(healthyMs === undefined ? { because: failed ? probeWords(failed) : because } : {}),
  };
}

/** From its start to the first time the engine says so, both by the engine's clock. */
function sinceStart(subject: Subject, known: number, action: string): number | undefined {
  const said = subject.events().slice(known);
  const start = said.find((event) => event.action === 'start');
  const found = said.find((event) => event.action === action);
  return start && found && found.at - start.at;
}

/** Whether its port takes connections, asked from outside, where it costs the service next to nothing. */
async function isOpen({ subject, outside }: World): Promise<boolean> {
  const { status } = (await subject.container.inspect()).state;
  const at = status === 'running' ? await subject.address() : undefined;
  return at !== undefined && (await (await outside()).reach(at.host, at.port, 1000)) === 'open';
}
