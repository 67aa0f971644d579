import { field } from '../engine/endpoint.ts';
import { readLayers } from '../engine/image-layers.ts';
import type { Inside } from '../inside/client.ts';
import type { ProcessSeen, RaisingFile } from '../inside/protocol.ts';
import type { Evidence } from '../vocabulary/drill.ts';
import { broke, type Drill, held, inconclusive, type Told } from './drill.ts';
import type { Lab, World } from './lab.ts';
import { counted } from './rights/counted.ts';
import { ownProcesses } from './rights/own-processes.ts';
import { inBrief, patienceFor, runsOn, serving } from './rights/serving.ts';

/** Files looked at; a large image has a hundred thousand. */
const mostEntries = 1_000_000;
/** Larger images are not read for file capabilities: that is a copy of the whole image. */
const mostImageBytes = 2 ** 30;

export const noNewPrivileges: Drill = {
  id: 'no-new-privileges',
  claim: 'No process of it can gain privileges by starting a program',
  why: 'A set-user-ID program runs as its owner, whoever starts it: with su, mount or passwd in the image, a service that runs as nobody is one flaw of theirs away from root. The flag no_new_privs closes that door for good: the kernel passes it on to every child, and nobody can take it off.',
  experiment:
    'Reads from /proc whether each of its processes has the flag. Where one has not, looks through its file system for set-user-ID and set-group-ID programs that it may execute (or that whatever root starts as another user may), and through its image for programs with file capabilities.',
  mission: ['RUN3'],
  sources: [
    'https://www.kernel.org/doc/html/latest/userspace-api/no_new_privs.html',
    'https://docs.docker.com/reference/cli/docker/container/run/#security-opt',
    'https://docs.docker.com/reference/compose-file/services/#security_opt',
  ],
  attach: 'harmless',
  company: 'any',
  budget: () => 180,
  skip: () => undefined,
  async run(lab) {
    const world = await lab.world({ ready: false });
    lab.step('sending it requests');
    const served = await serving(lab, world, patienceFor(lab.plan));
    const unwell = inconclusive(`It does not serve as it is: ${inBrief(served.because)}`);
    if (!served.ok && !(await runsOn(world))) return unwell;
    lab.step('looking at its processes');
    const inside = await world.subject.inside();
    const processes = await ownProcesses(inside);
    const profiles = await profilesOf(inside, processes);
    if (processes.every(({ noNewPrivs }) => noNewPrivs))
      return served.ok ? withEvidence(judgeGain(processes, [], [], []), profiles) : unwell;
    lab.step('looking for programs that raise whoever starts them');
    const { files, whole } = await inside.raisingFiles('/proc/1/root', mostEntries);
    const capable = await capableFiles(lab, world);
    const unseen = [
      ...(whole ? [] : [`its file system beyond ${mostEntries} entries`]),
      ...(typeof capable === 'string' ? [`file capabilities: ${capable}`] : []),
    ];
    const told = judgeGain(processes, files, typeof capable === 'string' ? [] : capable, unseen);
    return served.ok || told.outcome === 'broke' ? withEvidence(told, profiles) : unwell;
  },
};

/** Which system calls and files the kernel forbids it beside; told, not judged: an engine may have neither. */
async function profilesOf(inside: Inside, processes: readonly ProcessSeen[]): Promise<Evidence[]> {
  const modes = ['off', 'strict', 'filter'];
  const seccomp = [...new Set(processes.map((one) => modes[one.seccomp] ?? String(one.seccomp)))];
  const label = await inside.read('/proc/1/attr/current', 1000).catch(() => undefined);
  return [
    { name: 'seccomp', value: seccomp.join(', ') },
    { name: 'security label', value: label?.replace(/\0/g, '').trim() || 'none' },
  ];
}

function withEvidence(told: Told, more: readonly Evidence[]): Told {
  return { ...told, evidence: [...(told.evidence ?? []), ...more] };
}

/** Programs with file capabilities in the image, or why that cannot be told. */
async function capableFiles(lab: Lab, { subject }: World): Promise<readonly string[] | string> {
  const { raw } = await subject.container.inspect();
  const image = String(field(raw, 'Image') ?? '');
  const bytes = Number(field(await lab.images.inspect(image), 'Size') ?? 0);
  if (bytes > mostImageBytes) return `the image has ${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const found = new Set<string>();
  const { unread } = await readLayers(await lab.images.save(image), async (file) => {
    if (file.hasCapabilities && (file.mode & 0o001) !== 0) found.add(`/${file.path}`);
  });
  return unread.length > 0
    ? `${counted(unread.length, 'layer')} packed in a way that cannot be read here`
    : [...found].sort();
}

type Judged = Pick<ProcessSeen, 'pid' | 'name' | 'uid' | 'gid' | 'noNewPrivs'> & Partial<Pick<ProcessSeen, 'capEff'>>;

/** `unseen`: what could not be looked at. */
export function judgeGain(
  processes: readonly Judged[],
  files: readonly RaisingFile[],
  capable: readonly string[],
  unseen: readonly string[],
): Told {
  if (processes.length === 0) return inconclusive('None of its processes was seen');
  const open = processes.filter(({ noNewPrivs }) => !noNewPrivs);
  const flag = {
    name: 'no_new_privs',
    value: processes.slice(0, 30).map(({ pid, name, noNewPrivs }) => `${pid} ${name}: ${noNewPrivs ? 'on' : 'off'}`),
  };
  if (open.length === 0)
    return held(
      `The kernel refuses new privileges to ${processes.length === 1 ? 'its process' : `all its ${processes.length} processes`}`,
      { evidence: [flag] },
    );
  const raised = files.filter((file) => open.some((one) => raises(file, one)));
  const evidence = [
    flag,
    { name: 'programs that raise who starts them', value: raised.slice(0, 40).map(shown) },
    { name: 'programs with file capabilities', value: capable.slice(0, 40) },
    ...(unseen.length > 0 ? [{ name: 'not looked at', value: unseen }] : []),
  ];
  const advice = ['security_opt: ["no-new-privileges:true"]'];
  const riser = open.find((one) => files.some((file) => raises(file, one))) ?? open.find(({ uid }) => uid !== 0);
  const who = riser ? `${riser.name} (PID ${riser.pid}, user ${riser.uid})` : 'It';
  const ways = [...raised.filter(({ setuid }) => setuid), ...raised.filter(({ setuid }) => !setuid)].map(
    ({ path }) => path,
  );
  ways.push(...(open.some(({ uid }) => uid !== 0) ? capable : []));
  if (ways.length > 0)
    return broke(`${who} can raise itself by ${named(ways)}`, {
      evidence,
      advice,
    });
  const master = open.find(mayStepDown);
  const back = files.filter(({ setuid, uid, mode }) => setuid && uid === 0 && (mode & 0o001) !== 0);
  if (master && back.length > 0)
    return broke(
      `The flag is off: what ${master.name} (PID ${master.pid}, root) starts as another user is root again by ${named(back.map(({ path }) => path))}`,
      {
        evidence: [...evidence, { name: 'programs that make anybody root', value: back.slice(0, 40).map(shown) }],
        advice,
      },
    );
  if (unseen.length > 0)
    return inconclusive(`Nothing that raises was found, but not all was looked at: ${unseen.join('; ')}`, {
      evidence,
      advice,
    });
  const why = open.every(({ uid }) => uid === 0)
    ? 'it is root already, with nothing above it, and can start nothing as somebody else'
    : 'there is no program in it that could raise it';
  return held(`The flag is off, but ${why}`, { evidence, advice });
}

const named = (paths: readonly string[]) =>
  `${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ` and ${paths.length - 3} more` : ''}`;

/** Root with CAP_SETUID (7, capabilities(7)): what it starts as nobody is meant to stay nobody. */
function mayStepDown({ uid, capEff = '' }: Judged): boolean {
  return uid === 0 && ((BigInt(`0x${capEff || '0'}`) >> 7n) & 1n) === 1n;
}

/** Whether this process would be more than it is with the program started. */
function raises(file: RaisingFile, { uid, gid }: Pick<ProcessSeen, 'uid' | 'gid'>): boolean {
  if (uid === 0) return false;
  const may = file.uid === uid ? 0o100 : file.gid === gid ? 0o010 : 0o001;
  if ((file.mode & may) === 0) return false;
  return (file.setuid && file.uid !== uid) || (file.setgid && file.gid !== gid);
}

function shown({ path, mode, uid, gid, setuid }: RaisingFile): string {
  return `${path} (${mode.toString(8)}, as ${setuid ? `user ${uid}` : `group ${gid}`})`;
}
