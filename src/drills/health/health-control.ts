import type { HealthProbe } from '../../engine/container.ts';
import { broke, inconclusive, type Told } from '../drill.ts';
import { type HealthPace, patienceMs } from './health-pace.ts';
import { noProbes, type Ward } from './health-trial.ts';
import { cannotRun, probeWords } from './health-watch.ts';
import { isReachable } from './reachable.ts';
import { asksMore, serves } from './served.ts';

/** Left alone it must be called healthy; the reason why there is nothing more to try where it is not. */
export async function control(ward: Ward): Promise<Told | undefined> {
  const { lab, watch, subject, pace } = ward;
  lab.step('waiting until it is healthy');
  const began = performance.now();
  let wellSince: number | undefined;
  // The engine has given it up, and it goes on answering: its check will not come right.
  const isWronged = async () => {
    if (watch.status !== 'unhealthy' || !(asksMore(lab) || refuses(watch.lastFailure))) return false;
    wellSince = (await serves(lab, subject)).ok ? (wellSince ?? performance.now()) : undefined;
    return wellSince !== undefined && performance.now() - wellSince > 20_000;
  };
  const isDone = await lab.until(
    patienceOfOurs(pace),
    async () => {
      await watch.look();
      return watch.status === 'healthy' || hopeless(ward) || noProbes(ward) !== undefined || (await isWronged());
    },
    200,
  );
  if (watch.status === 'healthy') return undefined;
  const seconds = Math.round((performance.now() - began) / 1000);
  if (watch.status === 'none' && watch.running)
    return inconclusive('No health check is in force: neither the file nor the image brings one');
  const last = watch.lastFailure;
  const evidence = [
    ...(last ? [{ name: 'last probe', value: probeWords(last) }] : []),
    { name: 'probes that failed', value: watch.probes.filter(({ exitCode }) => exitCode !== 0).length },
  ];
  if (!watch.running)
    return inconclusive('It did not keep running, so its health check could not be tried', { evidence });
  const none = noProbes(ward);
  if (none !== undefined) return inconclusive(none, { evidence });
  if (!last) return inconclusive(`The engine made no probe within ${seconds} s`, { evidence });
  const tool = cannotRun(last);
  if (isDone && tool !== undefined)
    return broke(`Its health check cannot work in its image: ${tool}`, {
      evidence,
      advice: ['healthcheck: with a tool that the image has (or that its Dockerfile installs)'],
    });
  const served = await serves(lab, subject);
  if (served.ok && served.by !== 'its health test' && (asksMore(lab) || refuses(last)))
    return broke(`It answers (${served.by}: ${served.saw}) and is called unhealthy all the same: ${probeWords(last)}`, {
      evidence,
    });
  const said = watch.status === 'unhealthy' ? await asksInVain(ward) : undefined;
  if (said !== undefined)
    return broke(`${said}: ${probeWords(last)}`, {
      evidence,
      advice: ['healthcheck: a request that works there, tried with docker exec'],
    });
  const deaf = watch.status === 'unhealthy' ? await asksNobody(ward, last) : undefined;
  if (deaf !== undefined) return broke(deaf, { evidence, advice: ['healthcheck: asks the port it serves'] });
  return inconclusive(`It was not healthy within ${seconds} s: ${probeWords(last)}`, { evidence });
}

/** What its health check asks, asked from outside: well there, or not to be had, and so never well in the check. */
async function asksInVain({ lab, subject, watch, pace }: Ward): Promise<string | undefined> {
  const { healthPath: path, healthPort } = lab.settings;
  if (path === undefined || (await subject.address())?.port !== healthPort) return undefined;
  const { healthcheck } = lab.service;
  const words = healthcheck.kind === 'test' ? healthcheck.test.words.map(({ text }) => text).join(' ') : '';
  const status = (await subject.ask({ method: 'GET', path }))?.status ?? 0;
  // It may have come up this very moment.
  await lab.wait(2 * (pace.intervalMs + 1000));
  await watch.look();
  if (watch.status === 'healthy') return undefined;
  // What stands behind a pipe may look for a word in the answer.
  if (status >= 200 && status < 400 && !/[^|]\|[^|]|body|json|text\(/.test(words))
    return `It answers what its health check asks (GET ${path}: ${status}), and is called unhealthy all the same`;
  return [401, 403, 404, 405].includes(status)
    ? `Its health check asks for ${path}, which answers ${status}`
    : undefined;
}

/** It listens, and its health check asks another port: what it says then, if the check is at a port where nobody is. */
async function asksNobody({ lab, subject }: Ward, last: HealthProbe): Promise<string | undefined> {
  const { healthPort } = lab.settings;
  const listeners = (await (await subject.inside()).listeners().catch(() => [])).filter(
    ({ protocol, address }) => protocol === 'tcp' && address !== '127.0.0.11',
  );
  const open = [...new Set(listeners.filter(isReachable).map(({ port }) => port))];
  if (open.length === 0) return undefined;
  const at = `It listens at port ${open.join(', ')}`;
  if (healthPort === undefined)
    return refuses(last) ? `${at}, and its health check finds nobody: ${probeWords(last)}` : undefined;
  return listeners.some(({ port }) => port === healthPort)
    ? undefined
    : `${at}, and its health check asks port ${healthPort}, where nobody does`;
}

/** Slow boots are judged by another drill. */
const patienceOfOurs = (pace: HealthPace) => Math.min(120_000, Math.max(60_000, 2 * patienceMs(pace)));

/** Its test finds the port closed: a wrong port, or a wrong address. */
const refuses = (probe: HealthProbe | undefined): boolean => /refused/i.test(probe?.output ?? '');

/** No more waiting: two probes in a row could not even be made. */
function hopeless({ watch }: Ward): boolean {
  const [one, two] = watch.probes.slice(-2);
  return one !== undefined && two !== undefined && [one, two].every((probe) => cannotRun(probe) !== undefined);
}
