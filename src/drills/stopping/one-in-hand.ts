import { broke, type Told } from '../drill.ts';
import type { Lab, LoadOptions } from '../lab.ts';
import { stopRequests } from './load-it-bears.ts';
import { signalOf, stopService } from './stop-service.ts';
import { lossesIn } from './stop-verdict.ts';

/** The pause in the midst of a slow request is a second; see the load's `slow`. */
const pauseMs = 1000;

/**
 * For one that reads one request at a time, and so bears no slow ones under load: whether any request is in its hands at the
 * moment of the signal is a matter of luck there. So it is stopped once more, with a single slow request half sent and
 * nothing else going on. Returns what was told of the stop under load, with what became of that one.
 */
export async function stopWithOneInHand(lab: Lab, told: Told): Promise<Told> {
  lab.step('starting it once more, to stop it with one slow request in its hands');
  const { subject, end } = await lab.world();
  const [request] = stopRequests(lab.settings);
  // At one a second, the next would come after the end.
  const one: LoadOptions = {
    kinds: ['slow'],
    rate: 1,
    seconds: 0.9,
    timeoutMs: 20_000,
    ...(request ? { requests: [request] } : {}),
  };
  try {
    const atRest = await (await subject.load(one)).result;
    // Answered before its second half came: it is in nobody's hands.
    if (atRest.total.answered === 0 || atRest.latency.max < pauseMs) return told;
    const signal = await signalOf(subject);
    const load = await subject.load(one);
    await lab.wait(pauseMs / 2);
    lab.step(`sending ${signal} with one request in its hands`);
    lab.note(`${signal} sent, with one request half sent`, 'drill');
    await stopService(subject);
    const { total, losses } = await load.result;
    const name = 'one slow request, half sent at the signal';
    if (total.lost === 0)
      return {
        ...told,
        evidence: [...(told.evidence ?? []), { name, value: total.answered > 0 ? 'answered' : 'not taken' }],
      };
    const { requests, evidence = [] } = told;
    return broke(`Told to stop (${signal}) with one request in its hands, it lost that one (${lossesIn({ losses })})`, {
      evidence: [...evidence, { name, value: `lost: ${lossesIn({ losses })}` }],
      advice: [`Note ${signal} in its handler and no more, and end when the request in hand is answered`],
      ...(requests ? { requests: { ...requests, sent: requests.sent + 1, lost: requests.lost + 1 } } : {}),
    });
  } finally {
    await end();
  }
}
