import { capabilities as names } from '../knowledge/capabilities.ts';
import type { ServicePlan } from '../stack/plan.ts';
import { broke, type Drill, held, inconclusive } from './drill.ts';
import type { Lab, World } from './lab.ts';
import { counted } from './rights/counted.ts';
import { leastSet } from './rights/least-set.ts';
import { ownProcesses } from './rights/own-processes.ts';
import { faultAfter, inBrief, patienceFor, type Serving, serving, toldOf } from './rights/serving.ts';

/** What programs that start as root and become somebody else use; tried first. */
const usual = ['CHOWN', 'SETUID', 'SETGID', 'DAC_OVERRIDE', 'FOWNER', 'KILL', 'NET_BIND_SERVICE'];

/** How long a container is given to stop in a trial, in seconds, when the file gives it longer. */
const mostGrace = 30;

export const capabilities: Drill = {
  id: 'capabilities',
  claim: 'It holds only the capabilities it needs',
  why: 'Capabilities are the pieces of root’s power. Docker gives every container fourteen of them; what the service never uses, an intruder may.',
  experiment:
    'Reads which capabilities its processes may hold. Then runs it with none, and with parts of what it holds, each time until it is ready, answers its requests, stops as it does now and comes back on what it left, until the least set is found.',
  mission: ['DRL3', 'RUN2'],
  sources: [
    'https://docs.docker.com/reference/compose-file/services/#cap_drop',
    'https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities',
    'https://man7.org/linux/man-pages/man7/capabilities.7.html',
  ],
  attach: 'never',
  company: 'any',
  budget: () => 600,
  skip: () => undefined,
  async run(lab) {
    lab.step('running it as it is');
    const world = await lab.world({ ready: false, change: unrestarted });
    const before = await serving(lab, world, patienceFor(lab.plan));
    if (!before.ok) return inconclusive(`It does not serve as it is: ${inBrief(before.because)}`);
    const processes = await ownProcesses(await world.subject.inside());
    const all = namesIn(processes.reduce((mask, { capBnd }) => mask | hex(capBnd), 0n));
    const used = namesIn(processes.reduce((mask, { capEff }) => mask | hex(capEff), 0n));
    const served = { name: 'served', value: toldOf(before) };
    if (all.length === 0)
      return held('It holds none, and serves', { evidence: [{ name: 'holds', value: all }, served] });
    const grace = Math.min(mostGrace, Math.ceil(lab.plan.stopGraceMs / 1000));
    const stopsByItself = await stopped(world.subject.container, grace);
    lab.step('starting it once more');
    const comesBack = faultAfter(before, await startedAgain(lab, world, before)) === undefined;
    await world.end();

    const trial = async (set: readonly string[]) => {
      lab.step(`running it with ${set.length === 0 ? 'no capability' : set.join(', ')}`);
      return tried(lab, set, before, { grace, stopsByItself, comesBack });
    };
    const found = await leastSet(all, usual, trial);
    const { without, trials } = found;
    const least = all.filter((name) => found.least.includes(name));
    const surplus = all.filter((name) => !least.includes(name));
    const evidence = [
      { name: 'holds', value: all },
      { name: 'effective', value: used },
      { name: 'needs', value: least },
      ...[...without]
        .filter(([name]) => least.includes(name))
        .map(([name, because]) => ({ name: `without ${name}`, value: because })),
      { name: 'trials', value: trials },
      served,
    ];
    if (surplus.length === 0)
      return held(
        all.length === 1
          ? `It holds only ${all[0]}, and needs it`
          : `It needs each of the ${all.length} that it holds: ${all.join(', ')}`,
        { evidence },
      );
    const needs = least.length === 0 ? 'none' : `only ${least.join(', ')}`;
    return broke(`It may use ${counted(all.length, 'capability', 'capabilities')} and needs ${needs}`, {
      evidence,
      advice: ['cap_drop: [ALL]', ...(least.length > 0 ? [`cap_add: [${least.join(', ')}]`] : [])],
    });
  },
};

/** A trial that dies is to be seen dead, at once. */
function unrestarted(plan: ServicePlan): ServicePlan {
  const HostConfig = { ...plan.body.HostConfig, RestartPolicy: { Name: 'no' } };
  return { ...plan, body: { ...plan.body, HostConfig } };
}

function only(set: readonly string[]) {
  return (plan: ServicePlan): ServicePlan => {
    const { body, ...rest } = unrestarted(plan);
    return { ...rest, body: { ...body, HostConfig: { ...body.HostConfig, CapDrop: ['ALL'], CapAdd: [...set] } } };
  };
}

/** How it ends with all that it holds, and whether it comes back then. */
interface Usual {
  /** In seconds. */
  readonly grace: number;
  readonly stopsByItself: boolean;
  readonly comesBack: boolean;
}

/** A main process may need KILL to stop; and what finds its own files on a second start may need more than on the first. */
async function tried(lab: Lab, set: readonly string[], before: Serving, { grace, stopsByItself, comesBack }: Usual) {
  const world = await lab.world({ ready: false, change: only(set) });
  try {
    const served = await serving(lab, world, patienceAfter(before));
    const because = faultAfter(before, served);
    if (because !== undefined) return { works: false, because };
    if (!(await stopped(world.subject.container, grace)) && stopsByItself)
      return { works: false, because: `told to stop, it was still there after ${grace} s` };
    if (!comesBack) return { works: true };
    const again = faultAfter(before, await startedAgain(lab, world, before));
    return again === undefined ? { works: true } : { works: false, because: `started once more, ${again}` };
  } finally {
    await world.end();
  }
}

/** What it took before, many times over: a busy machine must not look like a lack of rights. */
const patienceAfter = ({ readyMs }: Serving) => Math.max(20_000, 6 * (readyMs ?? 0));

async function startedAgain(lab: Lab, world: World, before: Serving): Promise<Serving> {
  await world.subject.start();
  return serving(lab, world, patienceAfter(before));
}

/** Whether it left by itself, rather than by SIGKILL. */
async function stopped(
  container: Awaited<ReturnType<Lab['world']>>['subject']['container'],
  grace: number,
): Promise<boolean> {
  await container.stop(grace);
  return (await container.inspect()).state.exitCode !== 137;
}

const hex = (mask: string): bigint => BigInt(`0x${mask === '' ? '0' : mask}`);

/** Those in a mask of /proc, in the kernel's order; ones that came after our table go by their number. */
export function namesIn(mask: bigint): string[] {
  const found: string[] = [];
  for (let bit = 0; mask >> BigInt(bit) > 0n; bit++)
    if ((mask >> BigInt(bit)) & 1n) found.push(names[bit] ?? `capability ${bit}`);
  return found;
}
