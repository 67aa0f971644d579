import { writablePlaces } from '../disks/small-disks.ts';
import { type Trial, untilSick, type Ward } from './health-trial.ts';
import { asksMore, serves } from './served.ts';

/** 256 MiB: a small database fits, and the engine's machine can spare it. */
export const smallDiskBytes = 256 << 20;

/** Fills every volume and tmpfs of it. A service may live on without its disk; it may not say healthy and answer nothing. */
export async function fillDisk(ward: Ward): Promise<Trial> {
  const { lab, subject } = ward;
  const places = writablePlaces(subject.plan);
  const trial = { kind: 'disk', what: `disk full: ${places.join(', ')}` } as const;
  const before = await serves(lab, subject);
  lab.step('filling its disk');
  const inside = await subject.inside();
  for (const place of places) {
    const { full } = await inside.fill(`/proc/1/root${place}/seaworthy-drill-fill`, smallDiskBytes);
    if (!full) return { ...trial, seen: 'not done', note: `${place} did not become full` };
  }
  const noticed = await untilSick(ward, (passed, ms) => passed >= ward.pace.retries + 2 && ms >= 8000);
  if (!asksMore(lab) || !before.ok || noticed.seen !== 'healthy') return { ...trial, ...noticed };
  let well = 0;
  for (let look = 0; look < 5; look++) if ((await serves(lab, subject)).ok) well++;
  return { ...trial, ...noticed, serving: well > 0 };
}
