import { appProcesses, type WorkerKind, workersOf } from './app-processes.ts';
import { type Trial, untilSick, untilWell, type Ward } from './health-trial.ts';
import { hasOwnSocket, isOnlyForItself } from './reachable.ts';
import { asksMore, serves, servesWell, speaksHttp } from './served.ts';

/** Every process of it is stopped in its tracks, as in a deadlock: it must turn unhealthy. */
export async function freeze(ward: Ward): Promise<Trial> {
  const { lab, subject } = ward;
  lab.step('freezing it');
  const host = await lab.host();
  const pids = (await appProcesses(lab, subject)).map(({ pid }) => pid);
  await host.signal(pids, 'SIGSTOP');
  const noticed = await untilSick(ward).finally(() => host.signal(pids, 'SIGCONT'));
  return { kind: 'frozen', what: 'frozen', ...noticed, isWellAgain: await wellAgain(ward) };
}

/**
 * Nothing can connect to its port, from anywhere: it must turn unhealthy. A database may be asked by its own socket
 * (`pg_isready` without a host, `mysqladmin ping`): the process that was seen to be missed when frozen answers there, and
 * its port cannot die alone.
 */
export async function closePort(ward: Ward): Promise<Trial> {
  const { lab, subject } = ward;
  const address = await subject.address();
  const trial = { kind: 'port', what: `port ${address?.port ?? '?'} closed` } as const;
  if (!address) return { ...trial, seen: 'not done', note: 'it listens on no port' };
  if (!(await serves(lab, subject)).ok) {
    // What is published is meant for others; in a network that is shared, localhost may be enough.
    const isMeant = lab.service.ports.some(({ target }) => target === address.port);
    if (isMeant && (await isOnlyForItself(subject, address.port)))
      return { kind: 'port', what: `port ${address.port} listens at localhost only`, seen: 'healthy', serving: false };
    return { ...trial, seen: 'not done', note: `it did not answer at port ${address.port} before` };
  }
  lab.step(`closing port ${address.port}`);
  const inside = await subject.inside();
  try {
    await inside.block({ port: address.port, how: 'reject' });
  } catch (error) {
    return { ...trial, seen: 'not done', note: error instanceof Error ? error.message : 'it could not be blocked' };
  }
  const ownSocket = (await hasOwnSocket(subject)) && !(await speaksHttp(subject));
  const isOver = (passed: number, ms: number) => ownSocket && passed >= ward.pace.retries + 2 && ms >= 8000;
  const noticed = await untilSick(ward, isOver).finally(() => inside.unblock());
  if (ownSocket && noticed.seen === 'healthy' && (noticed.passed ?? 0) > 0)
    return { ...trial, seen: 'not done', note: 'its health test does not ask this port, but a socket of its own' };
  return { ...trial, ...noticed, isWellAgain: await wellAgain(ward) };
}

/** Every process of one kind is killed at once: it comes back, or its health check notices. */
export async function killWorkers(ward: Ward, { name, pids }: WorkerKind): Promise<Trial> {
  const { lab, subject, watch, windowMs } = ward;
  lab.step(`killing ${name}`);
  const trial = { kind: 'worker', what: `killed: ${name}` } as const;
  if (!(await serves(lab, subject)).ok) return { ...trial, seen: 'not done', note: 'it did not answer before' };
  await watch.look();
  const { life } = watch;
  const began = performance.now();
  await (await lab.host()).signal(pids, 'SIGKILL');
  let well = 0;
  let isBack = false;
  await lab.until(
    windowMs,
    async () => {
      await watch.look();
      if (watch.status === 'unhealthy' || !watch.running || watch.life !== life) return true;
      isBack = workersOf(await appProcesses(lab, subject)).some((kind) => kind.name === name);
      well = (await serves(lab, subject)).ok ? well + 1 : 0;
      // Requests may still be answered from what it had in hand.
      return well >= 3 && (isBack || (asksMore(lab) && performance.now() - began > 5000));
    },
    500,
  );
  const afterMs = performance.now() - began;
  if (!watch.running || watch.life !== life) return { ...trial, seen: 'ended', afterMs };
  if (watch.status === 'unhealthy') return { ...trial, seen: 'unhealthy', afterMs };
  if (well >= 3 && (isBack || asksMore(lab))) return { ...trial, seen: 'recovered', afterMs };
  if (well === 0) return { ...trial, seen: 'healthy', afterMs, serving: false };
  return {
    ...trial,
    seen: 'healthy',
    afterMs,
    note: 'nothing started it again, and no request is named that needs it',
  };
}

/** The kinds that were there all the time: what comes and goes by itself is nobody's worker. */
export async function lastingWorkers({ lab, subject }: Ward): Promise<readonly WorkerKind[]> {
  const before = workersOf(await appProcesses(lab, subject));
  if (before.length === 0) return [];
  await lab.wait(1000);
  const now = workersOf(await appProcesses(lab, subject));
  return now
    .map(({ name, pids }) => ({
      name,
      pids: pids.filter((pid) => before.some((kind) => kind.name === name && kind.pids.includes(pid))),
    }))
    .filter(({ pids }) => pids.length > 0);
}

/** Put right again, it must be called healthy, if it serves. */
async function wellAgain(ward: Ward): Promise<boolean> {
  if (await untilWell(ward)) return true;
  return !(await servesWell(ward.lab, ward.subject, 5000));
}
