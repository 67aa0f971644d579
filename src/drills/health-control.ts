import { broke, inconclusive, type Told } from './drill.ts';
import { patienceMs, type HealthPace } from './health-pace.ts';
import { cannotRun, probeWords } from './health-watch.ts';
import type { Ward } from './health-trial.ts';
import { asksMore, serves } from './served.ts';

/** Left alone it must be called healthy; the reason why there is nothing more to try where it is not. */
export async function control(ward: Ward): Promise<Told | undefined> {
  const { lab, watch, subject, pace } = ward;
  lab.step('waiting until it is healthy');
  const began = performance.now();
  const isDone = await lab.until(
    patienceOfOurs(pace),
    async () => {
      await watch.look();
      return watch.status === 'healthy' || hopeless(ward);
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
  if (!last) return inconclusive(`The engine made no probe within ${seconds} s`, { evidence });
  const tool = cannotRun(last);
  if (isDone && tool !== undefined)
    return broke(`Its health check cannot work in its image: ${tool}`, {
      evidence,
      advice: ['healthcheck: with a tool that the image has (or that its Dockerfile installs)'],
    });
  const served = await serves(lab, subject);
  const refused = /ECONNREFUSED|connection refused|refused/i.test(last.output);
  if (served.ok && served.by !== 'its health test' && (asksMore(lab) || refused))
    return broke(`It answers (${served.by}: ${served.saw}) and is called unhealthy all the same: ${probeWords(last)}`, {
      evidence,
    });
  return inconclusive(`It was not healthy within ${seconds} s: ${probeWords(last)}`, { evidence });
}

/** Slow boots are judged by another drill. */
const patienceOfOurs = (pace: HealthPace) => Math.min(120_000, Math.max(60_000, 2 * patienceMs(pace)));

/** No more waiting: two probes in a row could not even be made. */
function hopeless({ watch }: Ward): boolean {
  const [one, two] = watch.probes.slice(-2);
  return one !== undefined && two !== undefined && [one, two].every((probe) => cannotRun(probe) !== undefined);
}
