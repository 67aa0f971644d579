import { field } from '../engine/endpoint.ts';
import type { HttpRequest } from '../inside/protocol.ts';
import { secretsInCommand } from '../model/secrets-in-commands.ts';
import type { Evidence } from '../vocabulary/drill.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { counted } from './counted.ts';
import { broke, type Drill, held, inconclusive, type Told } from './drill.ts';
import type { Lab, World } from './lab.ts';
import { ownProcesses } from './own-processes.ts';
import { type GivenSecret, secretsGiven, secretsInEnvironment, secretsOfBuild } from './secrets/given-secrets.ts';
import { type ImageSearched, searchImage } from './secrets/image-traces.ts';
import { canariesFor, planted } from './secrets/plant.ts';
import { Search, type Trace, type Wanted } from './secrets/traces.ts';

/** Bytes of a log that are searched: its end. */
const mostLog = 20 * 2 ** 20;

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
    const weak = isPlanted ? [] : given.filter(({ distinct }) => !distinct).map(({ name }) => name);
    return judgeTraces({ given: [...given, ...ofBuild], ...searched, image, isPlanted, weak });
  },
};

function distinctOnes(secrets: readonly GivenSecret[]): Wanted[] {
  const byValue = new Map(secrets.filter(({ distinct }) => distinct).map(({ name, value }) => [value, name]));
  return [...byValue].flatMap(([value, name]) => tellingParts(value).map((text) => ({ name, text })));
}

/** With canaries; where it does not get ready with them (a key that must fit another), as it is. */
async function plantedWorld(
  lab: Lab,
  given: GivenSecret[],
): Promise<{ world: World; wanted: Wanted[]; isPlanted: boolean }> {
  let wanted: Wanted[] = [];
  try {
    lab.step('starting it with planted secrets');
    const world = await lab.world({
      changeStack(stack) {
        const services = new Map(lab.project.services.map((service) => [service.name, service]));
        const all = new Map(
          stack.services.map((plan) => [plan.name, secretsGiven(plan, services.get(plan.name), lab.project)]),
        );
        given.push(...(all.get(lab.service.name) ?? []));
        const canaries = canariesFor([...all.values()].flat());
        wanted = given.flatMap(({ name, value, distinct }) => {
          const canary = canaries.get(value);
          if (canary !== undefined) return [{ name, text: canary }];
          return distinct ? tellingParts(value).map((text) => ({ name, text })) : [];
        });
        return planted(stack, all, canaries);
      },
    });
    return { world, wanted, isPlanted: true };
  } catch (error) {
    const isGone = error instanceof SeaworthyError && error.code === 'engine-unreachable';
    if (lab.signal.aborted || isGone || given.length === 0) throw error;
    lab.step('it does not start with planted secrets: starting it with its own');
    return { world: await lab.world(), wanted: distinctOnes(given), isPlanted: false };
  }
}

/** The whole of a short one; of a key or a file, the lines that nothing else has. */
function tellingParts(value: string): string[] {
  if (!value.includes('\n')) return [value];
  return value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 24 && !line.startsWith('-----') && !line.startsWith('#'))
    .slice(0, 20);
}

interface WorldSearched {
  readonly traces: readonly Trace[];
  /** Seen where a secret that came as a file may be: the environment of its own processes. */
  readonly notes: readonly Trace[];
  readonly places: readonly string[];
}

async function searchWorld(lab: Lab, world: World, wanted: readonly Wanted[]): Promise<WorldSearched> {
  const search = new Search(wanted);
  const noted = new Search(wanted);
  const { subject } = world;
  lab.step('sending it requests, right ones and wrong ones');
  const at = await subject.address();
  let answers = 0;
  if (at) {
    const outside = await world.outside();
    for (const request of [...lab.settings.requests, ...wrongRequests(lab.settings.requests)]) {
      const answer = await outside.http(at.host, at.port, request, 5000);
      if (answer.status === undefined) continue;
      answers++;
      search.in(`its answer to ${request.method} ${request.path}`, `${JSON.stringify(answer.headers)}\n${answer.body}`);
    }
  }
  const probed = await subject.probe();
  if (probed) search.in('the log of its health test', probed.output);
  lab.step('looking for them');
  const inside = await subject.inside();
  const processes = await ownProcesses(inside);
  for (const { pid, name, command } of processes) {
    search.in(`the command line of ${name} (PID ${pid})`, command.join('\0'));
    const environment = await inside.environment(pid).catch(() => ({}));
    for (const [variable, value] of Object.entries(environment)) noted.in(`${variable} of ${name} (PID ${pid})`, value);
  }
  search.inInspect((await subject.container.inspect()).raw);
  await subject.container.stop(Math.min(10, Math.ceil(lab.plan.stopGraceMs / 1000)));
  const log = (await subject.container.logs()).slice(-mostLog);
  search.in('its log', log);
  const lines = log === '' ? 0 : log.split('\n').length;
  return {
    traces: search.traces,
    notes: noted.traces,
    places: [
      'docker inspect',
      counted(processes.length, 'process', 'processes'),
      counted(answers, 'answer'),
      `${counted(lines, 'line')} of its log`,
    ],
  };
}

/** A page that is not there, and bodies that cannot be read: errors are where secrets slip out. */
function wrongRequests(requests: readonly HttpRequest[]): HttpRequest[] {
  const broken = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"seaworthy":' };
  const paths = [...new Set([...requests.map(({ path }) => path), '/'])].slice(0, 5);
  return [
    { method: 'GET', path: '/seaworthy-no-such-page?seaworthy=%00' },
    ...paths.map((path) => ({ ...broken, path })),
  ];
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

/** `weak`: secrets that were not looked for, since they stand everywhere: `postgres`. */
export function judgeTraces(seen: {
  readonly given: readonly Pick<GivenSecret, 'name' | 'by'>[];
  readonly traces: readonly Trace[];
  readonly notes: readonly Trace[];
  readonly places: readonly string[];
  readonly image: ImageSearched | undefined;
  readonly isPlanted: boolean;
  readonly weak: readonly string[];
}): Told {
  const { given, image, notes, weak } = seen;
  const traces = [...seen.traces, ...(image?.traces ?? [])];
  const fromFiles = new Set(given.filter(({ by }) => by === 'file').map(({ name }) => name));
  const exported = notes
    .filter(({ secret }) => fromFiles.has(secret))
    .map(({ secret, place }) => `${secret}: ${place}`);
  const evidence: Evidence[] = [
    { name: 'secrets it is given', value: given.map(({ name, by }) => `${name} (${by})`) },
    ...(given.some(({ by }) => by !== 'build') ? [{ name: 'planted', value: seen.isPlanted }] : []),
    { name: 'searched', value: [...seen.places, ...(image ? [image.searched] : [])] },
    { name: 'seen in', value: traces.slice(0, 40).map(({ secret, place }) => `${secret}: ${place}`) },
    ...(exported.length > 0 ? [{ name: 'read from a file into the environment of a process', value: exported }] : []),
  ];
  const advice = adviceFor(traces);
  if (traces.length > 0) {
    const secrets = [...new Set(traces.map(({ secret }) => secret))];
    const first = traces[0]!;
    const rest =
      traces.length > 1 ? `, and ${traces.length - 1} more such ${traces.length === 2 ? 'trace' : 'traces'}` : '';
    return broke(
      `${secrets.length === 1 ? 'One secret shows' : `${secrets.length} secrets show`}: ${first.secret} in ${first.place}${rest}`,
      {
        evidence,
        advice,
      },
    );
  }
  const unseen = [
    ...(image?.unseen ? [image.unseen] : []),
    ...(weak.length > 0 ? [`${weak.join(', ')}, too common to be looked for`] : []),
  ];
  if (unseen.length > 0)
    return inconclusive(`None was seen, but not looked through: ${unseen.join('; ')}`, { evidence });
  if (given.length === 0) return held('It is given no secret, and its image holds none of the project’s', { evidence });
  const count = given.length === 1 ? 'Its secret was' : `Its ${given.length} secrets were`;
  return held(`${count} seen nowhere but where ${given.length === 1 ? 'it belongs' : 'they belong'}`, { evidence });
}

function adviceFor(traces: readonly Trace[]): string[] {
  const advice = new Set<string>();
  for (const { secret, place } of traces) {
    const name = secret.replace(/^.*\//, '').toLowerCase();
    if (/environment \(docker inspect/.test(place) && /^\w+$/.test(secret))
      advice.add(
        `secrets: [${name}], and in the environment ${secret}_FILE: /run/secrets/${name} instead of ${secret}`,
      );
    else if (/command line|health test \(/.test(place))
      advice.add(`have ${secret} read from a file, not given on a command line`);
    else if (/history/.test(place)) advice.add(`RUN --mount=type=secret,id=${name} instead of a build argument`);
    else if (/layer of its image/.test(place))
      advice.add('in .dockerignore: what holds secrets; a layer keeps what a later one deletes');
    else if (/its log|its answer/.test(place)) advice.add(`take ${secret} out of what is logged and answered`);
  }
  return [...advice].slice(0, 5);
}
