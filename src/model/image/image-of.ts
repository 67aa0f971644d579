import type { ImageFacts } from '../../knowledge/image-facts.ts';
import { type ImageReference, parseImageReference } from '../../knowledge/image-reference.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import type { Instruction, Word } from '../../read/dockerfile/tree.ts';
import { parseDuration } from '../../vocabulary/duration.ts';
import { type Fact, type Origin, stated } from '../../vocabulary/fact.ts';
import { lazily, remembered } from '../../vocabulary/lazily.ts';
import { userAfter, workdirAfter } from '../dockerfile/build-dockerfile.ts';
import type { Stage, Step } from '../dockerfile/dockerfile.ts';
import { mentionsOf } from '../dockerfile/mentions.ts';
import { accountsOf } from './accounts.ts';
import { fileEffectsOf } from './file-effects.ts';
import type { CommandLine, HealthTest, Image, Presence } from './image.ts';
import { softwareOf } from './software.ts';

/** The image that a stage leaves behind. */
export const imageOfStage: (stage: Stage) => Image = remembered((stage) => {
  const chain = stageChain(stage);
  const root = chain[0] as Stage;
  const steps = chain.flatMap((one) => one.steps);
  return assemble(root.from.reference, root.from.isScratch, steps, stage);
});

/** An image that is pulled, not built: all that is known of it is its row in the table. */
export function imageOfReference(reference: ImageReference | undefined): Image {
  return assemble(reference, false, [], undefined);
}

/** The stages a stage is made from by FROM, first the one with a real base. */
export function stageChain(stage: Stage): Stage[] {
  const chain: Stage[] = [];
  for (let at: Stage | undefined = stage; at; at = at.from.stage) chain.push(at);
  return chain.reverse();
}

function assemble(
  base: ImageReference | undefined,
  isScratch: boolean,
  steps: readonly Step[],
  stage: Stage | undefined,
): Image {
  const facts = isScratch ? imageFacts(parseImageReference('scratch') ?? 'scratch') : base && imageFacts(base);
  const baseName = isScratch ? 'scratch' : (base?.text ?? 'the base image');
  const origin: Origin = isScratch
    ? { kind: 'docker-default', because: 'scratch is empty' }
    : { kind: 'base-image', image: baseName };
  const fromBase = <T>(value: T | undefined): Fact<T> | undefined =>
    facts && value !== undefined ? { value, sure: facts.confidence, from: origin } : undefined;

  const environment = new Map<string, Fact<string>>();
  const labels = new Map<string, Fact<string>>();
  const exposed: Fact<string>[] = (facts?.exposedPorts ?? []).map((port) => ({
    value: port,
    sure: facts?.confidence ?? 'likely',
    from: origin,
  }));
  const volumes: Fact<string>[] = (facts?.volumes ?? []).map((path) => ({
    value: path,
    sure: facts?.confidence ?? 'likely',
    from: origin,
  }));
  let entrypoint = isScratch
    ? fromBase<CommandLine | undefined>(undefined)
    : baseCommand(facts, facts?.entrypoint, origin);
  let command = baseCommand(facts, facts?.cmd, origin);
  let healthcheck = baseHealth(facts, origin);
  let stopSignal = fromBase(facts?.stopSignal === null ? 'SIGTERM' : facts?.stopSignal);
  let shell: Presence =
    facts?.shell === undefined ? (isScratch ? 'no' : 'unknown') : facts.shell === null ? 'no' : 'yes';
  if (isScratch) {
    entrypoint = { value: undefined, sure: 'certain', from: origin };
    command = { value: undefined, sure: 'certain', from: origin };
    healthcheck = { value: undefined, sure: 'certain', from: origin };
  }
  for (const step of steps) {
    const { instruction } = step;
    const span = instruction.span;
    switch (instruction.keyword) {
      case 'ENV':
        for (const pair of instruction.pairs) {
          const name = step.scope.expand(pair.key).text ?? pair.key;
          // `PATH=/opt/bin:$PATH` takes in what the base image has: kept as written, since nothing here says it.
          const { text, unset } = step.scope.expand(pair.value ?? '');
          const value = unset.length === 0 || isScratch ? text : asWritten(step, pair.value ?? '');
          if (value !== undefined) environment.set(name, stated(value, pair.span));
        }
        break;
      case 'LABEL':
        for (const pair of instruction.pairs) {
          const key = step.scope.expand(pair.key).text ?? pair.key;
          labels.set(key, stated(step.scope.expand(pair.value ?? '').text ?? '', pair.span));
        }
        break;
      case 'EXPOSE':
        for (const word of instruction.words) {
          for (const port of (step.scope.expand(word.text).text ?? '').split(/\s+/))
            if (port !== '') exposed.push(stated(port, word.span));
        }
        break;
      case 'VOLUME':
        for (const word of instruction.words)
          volumes.push(stated(step.scope.expand(word.text).text ?? word.text, word.span));
        break;
      case 'ENTRYPOINT':
        entrypoint = stated(commandLine(instruction), span);
        // An entrypoint of a stage discards the CMD it inherited (Dockerfile reference, "Understand how CMD and ENTRYPOINT interact").
        if (
          command &&
          !(
            command.from.kind === 'file' &&
            steps.some((one) => one.stage === step.stage && one.instruction.keyword === 'CMD' && one.index < step.index)
          )
        )
          command = stated<CommandLine | undefined>(undefined, span);
        break;
      case 'CMD':
        command = stated(commandLine(instruction), span);
        break;
      case 'HEALTHCHECK':
        healthcheck = stated(healthTest(instruction), span);
        break;
      case 'STOPSIGNAL': {
        const word = instruction.words[0];
        const text = word && step.scope.expand(word.text).text;
        if (word && text) stopSignal = stated(text, word.span);
        break;
      }
      case 'SHELL':
        break;
      case 'COPY':
        // A stage's whole file system, or a busybox, brings a shell.
        if (
          shell === 'no' &&
          instruction.flags.some((flag) => flag.name === 'from') &&
          /(?:^\/$|\/bin\/?|\/sh$|busybox)/.test(instruction.words.at(-1)?.text ?? '')
        )
          shell = 'unknown';
        break;
      case 'ADD':
        if (shell === 'no' && /\.tar|\.t[gx]z/.test(instruction.words[0]?.text ?? '')) shell = 'unknown';
        break;
    }
  }
  // These read every command of every step; few rules ask for them, and those once a service has something to ask about.
  const accounts = lazily(() => accountsOf(steps, facts, isScratch, baseName));
  const software = lazily(() => softwareOf(steps, facts, isScratch, baseName));
  const files = lazily(() => fileEffectsOf(steps));
  return {
    base,
    facts,
    stage,
    isScratch,
    user: stage ? userAfter(stage) : baseUserFact(facts, baseName),
    workdir: stage ? workdirAfter(stage) : fromBase(facts?.workdir),
    environment,
    entrypoint,
    command,
    exposed,
    volumes,
    healthcheck,
    stopSignal,
    shell,
    packageManager: facts?.packageManager ?? undefined,
    get accounts() {
      return accounts();
    },
    get software() {
      return software();
    },
    get files() {
      return files();
    },
    labels,
  };
}

/** Unquoted, known variables put in, unknown ones left as `${NAME}`. */
function asWritten(step: Step, written: string): string | undefined {
  const { unset } = step.scope.expand(written);
  const open = unset.filter((name) =>
    mentionsOf(written, name).some(({ end, inBraces }) => !inBraces || written[end] === '}'),
  );
  return step.scope.expand(written, (name) => (open.includes(name) ? `\${${name}}` : undefined)).text;
}

function baseUserFact(facts: ImageFacts | undefined, image: string): Fact<string> | undefined {
  const user = facts?.defaultUser;
  const value = user?.name ?? (user?.uid === undefined ? undefined : String(user.uid));
  return facts && value !== undefined
    ? { value, sure: facts.confidence, from: { kind: 'base-image', image } }
    : undefined;
}

function baseCommand(
  facts: ImageFacts | undefined,
  words: readonly string[] | null | undefined,
  from: Origin,
): Fact<CommandLine | undefined> | undefined {
  if (!facts || words === undefined) return undefined;
  const span = { file: '', start: 0, end: 0 };
  const value: CommandLine | undefined =
    words === null || words.length === 0
      ? undefined
      : { form: 'exec', words: words.map((text) => ({ text, span })), span: undefined };
  return { value, sure: facts.confidence, from };
}

function baseHealth(facts: ImageFacts | undefined, from: Origin): Fact<HealthTest | undefined> | undefined {
  if (!facts || facts.healthcheck === undefined) return undefined;
  if (facts.healthcheck === null) return { value: undefined, sure: facts.confidence, from };
  const { test, interval, timeout, startPeriod, retries } = facts.healthcheck;
  const span = { file: '', start: 0, end: 0 };
  const [kind, ...words] = test;
  return {
    value: {
      form: kind === 'CMD-SHELL' ? 'shell' : 'exec',
      words: words.map((text) => ({ text, span })),
      span: undefined,
      intervalMs: interval === undefined ? undefined : parseDuration(interval),
      timeoutMs: timeout === undefined ? undefined : parseDuration(timeout),
      startPeriodMs: startPeriod === undefined ? undefined : parseDuration(startPeriod),
      retries,
    },
    sure: facts.confidence,
    from,
  };
}

function commandLine(instruction: Instruction): CommandLine | undefined {
  if (instruction.words.length === 0) return undefined;
  return { form: instruction.form, words: instruction.words, span: instruction.span };
}

function healthTest(instruction: Instruction): HealthTest | undefined {
  const [type, ...words] = instruction.words;
  if (type?.text.toUpperCase() !== 'CMD') return undefined;
  const flag = (name: string): number | undefined => {
    const value = instruction.flags.findLast((one) => one.name === name)?.value;
    // 0 is Docker's default.
    return (value === undefined ? undefined : parseDuration(value, 'go')) || undefined;
  };
  const retries = instruction.flags.findLast((one) => one.name === 'retries')?.value;
  return {
    form: instruction.form,
    words: words as readonly Word[],
    span: instruction.span,
    intervalMs: flag('interval'),
    timeoutMs: flag('timeout'),
    startPeriodMs: flag('start-period'),
    startIntervalMs: flag('start-interval'),
    // 0 is Docker's default, as if it were not there.
    retries: retries !== undefined && /^0*[1-9]\d*$/.test(retries) ? Number(retries) : undefined,
  };
}
