import { field } from '../engine/endpoint.ts';
import { secretsInCommand } from '../model/secrets-in-commands.ts';
import type { Drill } from './drill.ts';
import type { Lab, World } from './lab.ts';
import { type GivenSecret, secretsInEnvironment, secretsOfBuild } from './secrets/given-secrets.ts';
import { type ImageSearched, searchImage } from './secrets/image-traces.ts';
import { distinctOnes, plantedWorld } from './secrets/planted-world.ts';
import { searchWorld } from './secrets/search-world.ts';
import type { Trace, Wanted } from './secrets/traces.ts';
import { judgeTraces } from './secrets/verdict.ts';

export const secretsStaySecret: Drill = {
  id: 'secrets-stay-secret',
  claim: 'None of its secrets shows in its settings, its log, its answers or its image',
  why: 'What stands in the environment is shown by docker inspect to whoever may ask the engine, is inherited by every child, and ends up in crash reports. What stands in an image goes wherever the image goes, and stays in a layer after it was deleted. What was logged is kept, shipped and searched.',
  experiment:
    'Starts a copy in which every secret is replaced by a random one of the same shape, the same wherever it is shared; sends requests, some of them wrong on purpose; stops it. Then looks for them in docker inspect, command lines, answers, the log and the log of its health test; and for the real ones in the history and every layer of the image that the project builds.',
  mission: ['DRL12', 'RUN12'],
  sources: [
    'https://docs.docker.com/compose/how-tos/use-secrets/',
    'https://docs.docker.com/build/building/secrets/',
    'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  ],
  attach: 'never',
  company: 'any',
  budget: () => 240,
  skip(service) {
    if (service.build || service.secrets.length > 0 || !service.compose) return undefined;
    const variables = [...service.environment.values()].map(({ name, value = '' }) => `${name}=${value}`);
    const holds =
      secretsInEnvironment(variables).length > 0 ||
      service.process.commands.some((one) => secretsInCommand(one).length > 0);
    return holds ? undefined : 'it is given no secret';
  },
  async run(lab) {
    const given: GivenSecret[] = [];
    const { world, wanted, isPlanted } = await plantedWorld(lab, given);
    const searched = await searchWorld(lab, world, wanted);
    const ofBuild = secretsOfBuild(lab.service);
    const real = distinctOnes([...given, ...ofBuild]);
    const image = lab.service.build ? await imageOf(lab, world, real) : undefined;
    const common = isPlanted ? [] : given.filter(({ distinct }) => !distinct);
    const weak = common.filter(({ by }) => by !== 'environment').map(({ name }) => name);
    const traces = [...searched.traces, ...inPlainSight(common)];
    return judgeTraces({ given: [...given, ...ofBuild], ...searched, traces, image, isPlanted, weak });
  },
};

/** What it is given by a variable shows in `docker inspect`, also where its value cannot be looked for. */
function inPlainSight(secrets: readonly GivenSecret[]): Trace[] {
  return secrets
    .filter(({ by }) => by === 'environment')
    .map(({ name }) => ({ secret: name, place: `its environment (docker inspect: ${name})` }));
}

async function imageOf(lab: Lab, { subject }: World, real: readonly Wanted[]): Promise<ImageSearched> {
  lab.step('reading the layers of its image');
  const image = String(field((await subject.container.inspect()).raw, 'Image') ?? '');
  const searched = await searchImage(lab, image, real);
  const baked = secretsInEnvironment(textsOf(field(field(await lab.images.inspect(image), 'Config'), 'Env')));
  const traces = baked.map(({ name }) => ({
    secret: name,
    place: 'the environment of its image (ENV in the Dockerfile)',
  }));
  return { ...searched, traces: [...searched.traces, ...traces] };
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
