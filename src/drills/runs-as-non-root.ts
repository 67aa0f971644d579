import { field } from '../engine/endpoint.ts';
import type { Inside } from '../inside/client.ts';
import type { ProcessSeen } from '../inside/protocol.ts';
import { broke, type Drill, held, inconclusive, type Told } from './drill.ts';
import type { Lab, World } from './lab.ts';
import { triedAsUser } from './rights/as-user.ts';
import { ownProcesses } from './rights/own-processes.ts';
import { inBrief, patienceFor, runsOn, serving, toldOf } from './rights/serving.ts';

/** A process, and every user it is or may become again: real, effective, saved. */
export interface UsersOfProcess extends Pick<ProcessSeen, 'pid' | 'name' | 'command'> {
  readonly users: readonly number[];
}

export const runsAsNonRoot: Drill = {
  id: 'runs-as-non-root',
  claim: 'No process of it runs as root',
  why: 'Whoever breaks into a process has its rights. Root in a container owns all its files, may use every capability it was left, and is root on the host the moment a flaw in the kernel or a mount lets it out.',
  experiment:
    'Starts it, waits until it is ready, sends it a few requests, and reads from /proc who each of its processes is: real, effective and saved user. Where one is root, it starts it once more as the user that it would advise.',
  mission: ['DRL1', 'IMG7'],
  sources: [
    'https://docs.docker.com/build/building/best-practices/#user',
    'https://docs.docker.com/engine/security/#linux-kernel-capabilities',
    'https://man7.org/linux/man-pages/man7/credentials.7.html',
  ],
  attach: 'harmless',
  company: 'any',
  budget: () => 120,
  skip: () => undefined,
  async run(lab) {
    const world = await lab.world({ ready: false });
    lab.step('sending it requests');
    const served = await serving(lab, world, patienceFor(lab.plan));
    const unwell = inconclusive(`It does not serve as it is: ${inBrief(served.because)}`);
    if (!served.ok && !(await runsOn(world))) return unwell;
    lab.step('looking at its processes');
    const inside = await world.subject.inside();
    const seen = await usersOf(inside);
    const passwd = (await inside.read('/proc/1/root/etc/passwd', 200_000)) ?? '';
    const image = await userOfImage(lab, world);
    const told = judgeUsers(seen, passwd, image);
    // Root is root, whether it serves or not; but one that does not serve may not have come to its worst yet.
    if (!served.ok && told.outcome !== 'broke') return unwell;
    const evidence = [...(told.evidence ?? []), { name: 'served', value: served.because ?? toldOf(served) }];
    const asFound = { ...told, evidence };
    if (told.outcome !== 'broke' || !isRoot(image) || lab.isAttached) return asFound;
    await world.end();
    return triedAsUser(lab, asFound, userFor(seen), served);
  },
};

/** What the image says, where the file may have overridden it. */
async function userOfImage(lab: Lab, { subject }: World): Promise<string> {
  const { raw } = await subject.container.inspect();
  const config = field(await lab.images.inspect(String(field(raw, 'Image') ?? '')), 'Config');
  return String(field(config, 'User') ?? '');
}

async function usersOf(inside: Inside): Promise<UsersOfProcess[]> {
  const found: UsersOfProcess[] = [];
  for (const { pid, name, command, uid } of await ownProcesses(inside)) {
    const status = await inside.read(`/proc/${pid}/status`, 8192);
    const [real = uid, effective = uid, saved = uid] = usersInStatus(status ?? '');
    found.push({ pid, name, command, users: [...new Set([effective, real, saved])] });
  }
  return found;
}

/** `Uid:	0	0	0	0`: real, effective, saved, file system (proc_pid_status(5)). */
export function usersInStatus(status: string): number[] {
  const fields = /^Uid:\s+(\d+)\s+(\d+)\s+(\d+)/m.exec(status);
  return fields ? fields.slice(1).map(Number) : [];
}

/** `passwd`: the text of the container's own, to tell names. `image`: the user that its image would start it as. */
export function judgeUsers(processes: readonly UsersOfProcess[], passwd: string, image = ''): Told {
  if (processes.length === 0) return inconclusive('None of its processes was seen');
  const roots = processes.filter(({ users }) => users.includes(0));
  const others = processes.filter(({ users }) => !users.includes(0));
  const nameOf = (uid: number) => new RegExp(`^([^:\\n]+):[^:\\n]*:${uid}:`, 'm').exec(passwd)?.[1];
  const users = [...new Set(processes.flatMap((one) => one.users))];
  const evidence = [
    {
      name: 'processes',
      value: processes.slice(0, 30).map((one) => `${one.pid} ${shown(one)}: user ${one.users.join('/')}`),
    },
    { name: 'users', value: users.map((uid) => `${uid} (${nameOf(uid) ?? 'no such name in /etc/passwd'})`) },
  ];
  if (roots.length === 0) {
    const who = users.map((uid) => nameOf(uid) ?? `user ${uid}`).join(', ');
    return held(`${processes.length === 1 ? 'Its process runs' : `All ${processes.length} processes run`} as ${who}`, {
      evidence,
    });
  }
  const first = roots[0]!;
  const worker = others[0]?.users[0];
  const rest =
    others.length > 0
      ? `; the other ${others.length === 1 ? 'runs' : `${others.length} run`} as ${nameOf(worker!) ?? `user ${worker}`}`
      : '';
  const advice = isRoot(image)
    ? [`user: "${userFor(processes)}"`, ...(worker === undefined ? ['or in the Dockerfile: USER 10001:10001'] : [])]
    : [`no user: in the Compose file: the image runs as ${image}`];
  const how =
    processes.length === 1
      ? 'Its process runs'
      : `${roots.length} of ${processes.length} processes ${roots.length === 1 ? 'runs' : 'run'}`;
  return broke(`${how} as root: ${shown(first)} (PID ${first.pid})${rest}`, { evidence, advice });
}

/** What an image says of its user. */
const isRoot = (image: string) => /^(?:root|0)?(?::|$)/.test(image);

/** Who it could run as: as those of its processes that are not root. */
function userFor(processes: readonly UsersOfProcess[]): string {
  const user = processes.find(({ users }) => !users.includes(0))?.users[0] ?? 10001;
  return `${user}:${user}`;
}

function shown({ name, command }: UsersOfProcess): string {
  const words = command.join(' ').trim();
  return words === '' ? name : words.length > 60 ? `${words.slice(0, 59)}…` : words;
}
