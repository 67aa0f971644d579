import { type Boot, judgeBoots } from './boot-verdict.ts';
import { type Drill, inconclusive } from './drill.ts';
import { paceOf, patienceMs } from './health-pace.ts';
import { noHealthCheck } from './honest-health.ts';
import type { Lab, World } from './lab.ts';

/** Half a core: what a busy machine leaves, where the file promises nothing. */
const scarceCpus = 0.5;

export const bootTime: Drill = {
  id: 'boot-time',
  claim: 'It is healthy before its health check gives it up: start_period and retries cover its real boot time',
  why: 'A service that boots slower than its start_period is called unhealthy at every start, and on the day of the slow disk it is restarted for ever.',
  experiment:
    'Starts it five times, the first with empty volumes, under the CPU limit of its file, and looks about every 100 ms whether its own health test passes; the engine checks it meanwhile as the file says. Once more with half a core where the file sets no limit, which is only told.',
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
    return judgeBoots({ boots, scarce, pace, cpus: lab.service.cpuLimit?.value });
  },
};

/** Up to where a boot is waited for: well past the point where the engine gives up. */
const longestBootMs = (pace: ReturnType<typeof paceOf>) => Math.min(180_000, Math.max(60_000, 2 * patienceMs(pace)));

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
  const known = subject.events().length;
  const began = performance.now();
  const ms = () => performance.now() - began;
  await subject.start();
  let because = 'it does not run';
  let healthyMs: number | undefined;
  let nextMs = 0;
  let lastMs = 0;
  await lab.until(
    longestBootMs(paceOf(lab.service)),
    async () => {
      if (ms() < nextMs) return false;
      // A probe costs the service some of its own CPU: none is made while its port is closed, but for one in two seconds.
      if (ms() - lastMs < 2000 && !(await isOpen(world))) return false;
      lastMs = ms();
      const probe = await subject.probe().catch(() => undefined);
      // Nor do they take more than a fifth of the time.
      nextMs = ms() + 4 * (probe?.ms ?? 0);
      because = probe?.output.trim().slice(0, 200) ?? because;
      if (probe?.ok) healthyMs = ms();
      return healthyMs !== undefined;
    },
    50,
  );
  const said = subject.events().slice(known);
  const started = said.find(({ action }) => action === 'start');
  const gaveUp = said.find(({ action }) => action === 'health_status: unhealthy');
  return {
    which,
    healthyMs,
    gaveUpMs: started && gaveUp && gaveUp.at - started.at,
    restarts: said.filter(({ action }) => action === 'start').length - 1,
    ...(healthyMs === undefined ? { because } : {}),
  };
}

/** Whether its port takes connections; true where nobody knows of one. */
async function isOpen(world: World): Promise<boolean> {
  // Asked from outside, where it costs the service next to nothing; `address()` may look for the port from inside.
  const at = await world.subject.address();
  if (at === undefined) return (await world.subject.container.inspect()).state.status === 'running';
  return (await (await world.outside()).reach(at.host, at.port, 1000)) === 'open';
}
