import type { Inspected } from '../../engine/container.ts';
import { field } from '../../engine/endpoint.ts';
import type { ServicePlan } from '../../stack/plan.ts';
import type { Evidence } from '../../vocabulary/drill.ts';
import type { Lab, Subject } from '../lab.ts';
import { givingUp } from './crash.ts';
import { kindOf } from './family.ts';
import { restartPolicyOf } from './restart-policy.ts';
import { servesAgain } from './serves-again.ts';

/** No program that we know ends with it. */
const code = 33;
/** By the engine's pauses (100 ms, doubled each time) that is three or four ends. */
const endsForSeconds = 2;

/** What the copy starts with: ends until a time of the machine's clock since boot, then gives way to the service's own command. */
const script = `read up rest </proc/uptime; if [ "\${up%%.*}" -lt "$0" ]; then exit ${code}; fi; exec "$@"`;

const name = `ended with code ${code} at first`;

/** How the copy is started; or why it cannot be tried. */
export type EndingCopy =
  | { readonly uptime: number; readonly command: readonly string[] }
  | { readonly untried: string };

/** `like`: a copy that is ready. */
export async function endingCopyOf(like: Subject): Promise<EndingCopy> {
  const { most, written } = restartPolicyOf(like.plan);
  if (most !== undefined && most < 10) return { untried: `${written} would give up too soon` };
  const uptime = await uptimeIn(like);
  if (uptime === undefined) return { untried: 'its image has no shell' };
  const command = commandOf(await like.container.inspect());
  return command.length === 0 ? { untried: 'its command is not known' } : { uptime, command };
}

/**
 * A copy of the service that ends with a code of its own as soon as it is started, a few times, and is itself from then on: a
 * failure that is not a kill, as of a setting or a server that is not there yet. `worldMs`: what a copy takes to be made. Returns what
 * is wrong; adds what was seen to the evidence, or why it could not be tried.
 */
export async function endsAtFirst(
  lab: Lab,
  copy: EndingCopy,
  worldMs: number,
  patienceMs: number,
  evidence: Evidence[],
): Promise<string | undefined> {
  const untried = (why: string) => {
    evidence.push({ name, value: `not tried: ${why}` });
    return undefined;
  };
  if ('untried' in copy) return untried(copy.untried);
  const { uptime, command } = copy;
  const until = Math.ceil(uptime + (1.2 * worldMs) / 1000) + endsForSeconds;
  const { subject } = await lab.world({ ready: false, change: (plan) => behindAShell(plan, command, until) });
  const ends = () => subject.events().filter(({ action, exitCode }) => action === 'die' && exitCode === code).length;
  const gaveUp = givingUp(lab.engine);
  let isLeftDown = false;
  const isUp = await lab.until(patienceMs + 10_000, async () => {
    const { state } = await subject.container.inspect();
    isLeftDown = gaveUp(state);
    return isLeftDown || (state.status === 'running' && (await hasGivenWay(subject)));
  });
  if (isLeftDown && ends() > 0)
    return `It is not restarted after it ended by itself with code ${code}, and its restart policy is ${restartPolicyOf(subject.plan).written}`;
  if (!isUp || ends() === 0) return untried('the copy that does so did not behave');
  const fault = await servesAgain(subject, patienceMs);
  if (fault !== undefined) return `It was restarted after it had ended by itself with code ${code}, but ${fault}`;
  evidence.push({ name, value: ends(), unit: 'times' }, { name: 'served then', value: true });
  return undefined;
}

/** Seconds since boot, as its shell sees them; undefined where it has none. */
async function uptimeIn({ container }: Subject): Promise<number | undefined> {
  const asked = ['/bin/sh', '-c', 'read up rest </proc/uptime && echo "$up"'];
  const { code: exitCode, out } = await container.exec(asked, { timeoutMs: 5000 });
  const seconds = Number.parseFloat(out);
  return exitCode === 0 && Number.isFinite(seconds) ? seconds : undefined;
}

/** Whether its process 1 is the service's own by now. */
async function hasGivenWay(subject: Subject): Promise<boolean> {
  try {
    const processes = await (await subject.inside()).processes();
    // An init has the shell's whole command line in its own.
    const others = processes.filter((process) => kindOf(process) !== 'init');
    return others.length > 0 && !others.some(({ command }) => command.includes(script));
  } catch {
    // It ended while we looked.
    return false;
  }
}

const behindAShell = (plan: ServicePlan, command: readonly string[], until: number): ServicePlan => ({
  ...plan,
  body: { ...plan.body, Entrypoint: ['/bin/sh', '-c', script, String(until), ...command], Cmd: [] },
});

/** Entrypoint and command, as the engine puts them together. */
function commandOf({ raw }: Inspected): readonly string[] {
  const words = (name: string) => {
    const value = field(field(raw, 'Config'), name);
    return Array.isArray(value) ? value.map(String) : [];
  };
  return [...words('Entrypoint'), ...words('Cmd')];
}
