import type { Drill } from './drill.ts';
import { dependenciesOf, runningDependencies } from './health/dependencies.ts';
import { awayMs, crowdRate } from './health/loss-meanwhile.ts';
import { afterwards, lose, recoveryMs, settleMs } from './health/loss-pass.ts';
import { judgeLoss, type Loss } from './health/loss-verdict.ts';

export const dependencyLoss: Drill = {
  id: 'dependency-loss',
  claim: 'When a dependency dies and comes back, it neither crash-loops nor stays broken: it recovers by itself',
  why: 'Databases restart for upgrades and fail over at night; a client that never connects again turns a blip into an outage.',
  experiment: `Kills each dependency, and in a second pass drops all packets to it, for ${awayMs / 1000} s. Asks the service meanwhile, ${crowdRate} times a second, counts its restarts, and waits ${recoveryMs / 1000} s at most for it to serve again once the dependency is back. ${settleMs / 1000} s later it must still pass its health test.`,
  mission: ['DRL4', 'DRL8', 'RUN11'],
  sources: [
    'https://docs.docker.com/compose/how-tos/startup-order/',
    'https://12factor.net/disposability',
    'https://sre.google/sre-book/addressing-cascading-failures/',
  ],
  attach: 'never',
  company: 'any',
  budget: (service) => 180 + 180 * dependenciesOf(service).size,
  skip(service) {
    if (service.role.runs !== 'server') return `it is no server: ${service.role.because}`;
    return dependenciesOf(service).size > 0 ? undefined : 'it depends on no other service';
  },
  async run(lab) {
    const passes = await Promise.all(
      (['killed', 'cut off'] as const).map(async (how) => {
        // Its requests tell whether it serves: its health test may be slow, or of no use.
        const world = await lab.world({ ready: false });
        const dependencies = await runningDependencies(lab, world);
        const seen: Loss[] = [];
        for (const dependency of dependencies) {
          const loss = await lose(lab, world.subject, dependency, how);
          seen.push(loss);
          if (loss.recoveredMs === undefined) break;
        }
        return seen.at(-1)?.recoveredMs === undefined
          ? seen
          : [...seen, ...(await afterwards(lab, world.subject, seen, how))];
      }),
    );
    return judgeLoss(passes.flat());
  },
};
