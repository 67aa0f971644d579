import { parseImageReference } from '../../knowledge/image-reference.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { parseDockerfile } from '../../read/dockerfile/parse.ts';
import { mountFields } from '../../read/dockerfile/run-mount.ts';
import type { Instruction } from '../../read/dockerfile/tree.ts';
import { normalizePath } from '../../read/paths.ts';
import type { SourceText } from '../../read/text.ts';
import { type Fact, stated } from '../../vocabulary/fact.ts';
import type { Dockerfile, From, Mount, Stage, Step } from './dockerfile.ts';
import { mentionsOf } from './mentions.ts';
import { type Commands, commandsOf } from './run-commands.ts';
import { platformArguments, Scope, type Variable } from './scope.ts';

export interface BuildOptions {
  readonly context?: string;
  readonly target?: string;
  /** `build.args`; a name without a value takes the environment's. */
  readonly arguments?: ReadonlyMap<string, string | undefined>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const defaultShell: readonly string[] = ['/bin/sh', '-c'];

/** Reads a Dockerfile as a build with these options would. Faults of the file are in `tree.faults`. */
export function buildDockerfile(source: SourceText, options: BuildOptions = {}): Dockerfile {
  const tree = parseDockerfile(source.text, source.path);
  const given = options.arguments ?? new Map<string, string | undefined>();
  const globals: Variable[] = [];
  const stages: Mutable<Stage>[] = [];
  const dockerfile: Mutable<Dockerfile> = {
    file: source.path,
    source,
    tree,
    stages,
    globalArguments: globals,
    target: undefined,
    missingTarget: undefined,
    context: options.context,
  };
  let globalScope = Scope.empty(tree.escape).with(platformArguments);
  let pending: Instruction[] = [];
  const byName = new Map<string, Stage>();
  const close = () => {
    const stage = stages.at(-1);
    if (stage) readSteps(stage, pending, given, globalScope, tree.escape);
    pending = [];
  };
  for (const instruction of tree.instructions) {
    if (instruction.keyword === 'FROM') {
      close();
      const stage = openStage(dockerfile, stages.length, instruction, globalScope, byName);
      stages.push(stage);
      if (stage.name !== undefined) byName.set(stage.name, stage);
    } else {
      pending.push(instruction);
      if (stages.length > 0 || instruction.keyword !== 'ARG') continue;
      const declared = argumentsOf(instruction, given, globalScope);
      globals.push(...declared);
      globalScope = globalScope.with(declared);
    }
  }
  const [first] = stages.length === 0 ? pending : [];
  if (first && pending.some(({ keyword }) => keyword !== 'ARG')) stages.push(fragment(dockerfile, first));
  close();
  if (first) return dockerfile;
  const wanted = options.target;
  const target =
    wanted === undefined ? stages.at(-1) : (byName.get(wanted.toLowerCase()) ?? stages[stageNumber(wanted)]);
  dockerfile.target = target;
  dockerfile.missingTarget = wanted !== undefined && !target ? wanted : undefined;
  markUsed(target);
  if (wanted === undefined) for (const stage of stages) stage.isOrphan = !stage.isUsed && stage.name === undefined;
  return dockerfile;
}

/** The stage a `--from=` names: by name, or by number among those before `before`. */
export function stageNamed(stage: Stage, from: string): Stage | undefined {
  const earlier = stage.dockerfile.stages.slice(0, stage.index);
  return earlier.findLast((other) => other.name === from.toLowerCase()) ?? earlier[stageNumber(from)];
}

function stageNumber(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : -1;
}

function openStage(
  dockerfile: Dockerfile,
  index: number,
  instruction: Instruction,
  scope: Scope,
  byName: ReadonlyMap<string, Stage>,
): Mutable<Stage> {
  const [base, as, name] = instruction.words;
  const named = as?.text.toLowerCase() === 'as' ? name : undefined;
  const written = base?.text ?? '';
  const expansion = scope.expand(written);
  const unset = expansion.unset.filter((variable) => scope.get(variable)?.value === undefined);
  // `${x:-y}` has a value though x is unset; a bare `$x` has none.
  const text = expansion.text === undefined || hasBareUnset(written, unset) ? undefined : expansion.text;
  const parent = text === undefined ? undefined : byName.get(text.toLowerCase());
  const isScratch = text?.toLowerCase() === 'scratch' && !parent;
  const platform = instruction.flags.find((flag) => flag.name === 'platform');
  const from: From = {
    instruction,
    written,
    span: base?.span ?? instruction.span,
    text,
    unset,
    stage: parent,
    isScratch,
    isMissing: false,
    reference: text === undefined || parent || isScratch ? undefined : parseImageReference(text),
    platform: platform?.value === undefined ? undefined : { written: platform.value, span: platform.span },
  };
  return {
    dockerfile,
    index,
    name: named?.text.toLowerCase(),
    nameSpan: named?.span,
    from,
    steps: [],
    isFinal: false,
    isUsed: false,
    isInherited: false,
    isOrphan: false,
  };
}

/**
 * Without FROM nothing can be built, and no image or service is judged; but what the lines do is as good or bad as in
 * the file that they are meant for.
 */
function fragment(dockerfile: Dockerfile, first: Instruction): Mutable<Stage> {
  return {
    dockerfile,
    index: 0,
    name: undefined,
    nameSpan: undefined,
    from: {
      instruction: first,
      written: '',
      span: first.keywordSpan,
      text: undefined,
      unset: [],
      stage: undefined,
      isScratch: false,
      isMissing: true,
      reference: undefined,
      platform: undefined,
    },
    steps: [],
    isFinal: true,
    isUsed: true,
    isInherited: true,
    isOrphan: false,
  };
}

/** True where a variable without a value is asked for plainly; `${x:-y}` and `${x:+y}` do without one. */
function hasBareUnset(written: string, unset: readonly string[]): boolean {
  return unset.some((name) =>
    mentionsOf(written, name).some(({ end }) => !/^:?[-+]/.test(written.slice(end, end + 2))),
  );
}

/** ARG gives its default unless the build gives a value; inside a stage, a bare `ARG x` takes the global one's. */
function argumentsOf(
  instruction: Instruction,
  given: ReadonlyMap<string, string | undefined>,
  scope: Scope,
  globals?: Scope,
) {
  return instruction.pairs.map((pair): Variable => {
    const { text, unset } = scope.expand(pair.value ?? '');
    const own = unset.length > 0 && hasBareUnset(pair.value ?? '', unset) ? undefined : text;
    const fallback = pair.value === undefined ? globals?.get(pair.key)?.value : own;
    return { name: pair.key, value: given.get(pair.key) ?? fallback, kind: 'arg', span: pair.span };
  });
}

/** What a stage leaves behind, and the next one made from it starts with. */
interface End {
  /** ENV only: ARG is not inherited by FROM. */
  readonly scope: Scope;
  readonly user: Fact<string> | undefined;
  readonly workdir: Fact<string> | undefined;
  readonly shell: readonly string[];
  readonly shellIsSet: boolean;
  /** A WORKDIR of an unknown variable: relative paths after it lead nowhere that we know. */
  readonly workdirIsLost: boolean;
  readonly isOnScratch: boolean;
}

/** Kept beside the stages: asking each time would walk up the chain, and a file may hold a million stages. */
const ends = new WeakMap<Stage, End>();

function readSteps(
  stage: Mutable<Stage>,
  instructions: readonly Instruction[],
  given: ReadonlyMap<string, string | undefined>,
  globals: Scope,
  escapeChar: string,
): void {
  const inherited = stage.from.stage && ends.get(stage.from.stage);
  let scope = inherited?.scope ?? Scope.empty(escapeChar);
  let lasting = scope;
  let user = inherited ? inherited.user : baseUser(stage.from);
  let workdir = inherited ? inherited.workdir : baseWorkdir(stage.from);
  let shell = inherited?.shell ?? defaultShell;
  let shellIsSet = inherited?.shellIsSet ?? false;
  let workdirIsLost = inherited?.workdirIsLost ?? false;
  const isOnScratch = inherited?.isOnScratch ?? stage.from.isScratch;
  stage.steps = instructions.map((instruction, index) => {
    const step = new LazyStep(instruction, stage, index, scope, user, workdir, shell, shellIsSet);
    switch (instruction.keyword) {
      case 'ARG': {
        // An ARG does not hide an ENV of the same name.
        const declared = argumentsOf(instruction, given, scope, globals);
        scope = scope.with(declared.filter((variable) => scope.get(variable.name)?.kind !== 'env'));
        break;
      }
      case 'ENV': {
        const set = variablesSet(step, isOnScratch);
        scope = scope.with(set);
        lasting = lasting.with(set);
        break;
      }
      case 'USER':
        user = userSet(step, isOnScratch);
        break;
      case 'WORKDIR':
        workdir = workdirSet(step, isOnScratch, workdirIsLost);
        workdirIsLost = workdir === undefined;
        break;
      case 'SHELL':
        shell = shellAfter(step);
        shellIsSet = true;
        break;
    }
    return step;
  });
  ends.set(stage, { scope: lasting, user, workdir, shell, shellIsSet, workdirIsLost, isOnScratch });
}

/** All values of one ENV are expanded with the variables before it. */
function variablesSet(step: Step, isOnScratch: boolean): Variable[] {
  return step.instruction.pairs.map(
    (pair): Variable => ({
      name: step.scope.expand(pair.key).text ?? pair.key,
      value: expandKnown(step, pair.value ?? '', isOnScratch),
      kind: 'env',
      span: pair.span,
    }),
  );
}

/**
 * The word expanded; undefined where it asks for a variable that no line sets. The base image may set it, or the
 * command line of the build; only on scratch, where no ARG is open, is it sure to be empty.
 */
function expandKnown(step: Step, written: string, isOnScratch: boolean): string | undefined {
  const { text, unset } = step.scope.expand(written);
  if (text === undefined || unset.length === 0 || !hasBareUnset(written, unset)) return text;
  return isOnScratch && unset.every((name) => !step.scope.declares(name)) ? text : undefined;
}

function shellAfter(step: Step): readonly string[] {
  if (step.instruction.keyword !== 'SHELL') return step.shell;
  const words = step.instruction.words.map((word) => word.text);
  return step.instruction.form === 'exec' && words.length > 0 ? words : step.shell;
}

/** Undefined where it hangs on a variable that nothing sets: then nobody can tell, the user before least of all. */
function userSet(step: Step, isOnScratch: boolean): Fact<string> | undefined {
  const word = step.instruction.words[0];
  if (!word) return step.user;
  const text = expandKnown(step, word.text, isOnScratch);
  // An empty user is root to the engine, whatever the base says.
  return text === undefined ? undefined : stated(text === '' ? 'root' : text, word.span);
}

function workdirSet(step: Step, isOnScratch: boolean, isLost: boolean): Fact<string> | undefined {
  const word = step.instruction.words[0];
  if (!word) return step.workdir;
  const text = expandKnown(step, word.text, isOnScratch);
  if (text === undefined) return undefined;
  const absolute = text.startsWith('/') || /^[A-Za-z]:/.test(text);
  if (!absolute && isLost) return undefined;
  const path = absolute ? text : `${step.workdir?.value ?? '/'}/${text}`;
  // Linux takes no longer path (PATH_MAX); 20,000 relative WORKDIRs must not cost 20,000 times their sum.
  if (path.length > 4096) return step.workdir;
  return stated(normalizePath(path), word.span, absolute || step.workdir ? 'certain' : 'likely');
}

/** The user in force at a stage's end. */
export function userAfter(stage: Stage): Fact<string> | undefined {
  return ends.get(stage)?.user;
}

export function workdirAfter(stage: Stage): Fact<string> | undefined {
  return ends.get(stage)?.workdir;
}

function baseUser(from: From): Fact<string> | undefined {
  if (from.isScratch) return { value: 'root', sure: 'certain', from: { kind: 'docker-default', because: 'scratch' } };
  const facts = from.reference && imageFacts(from.reference);
  const user = facts?.defaultUser;
  const value = user?.name ?? (user?.uid === undefined ? undefined : String(user.uid));
  return facts && value !== undefined
    ? { value, sure: facts.confidence, from: { kind: 'base-image', image: from.text ?? facts.image } }
    : undefined;
}

function baseWorkdir(from: From): Fact<string> | undefined {
  if (from.isScratch) return { value: '/', sure: 'certain', from: { kind: 'docker-default', because: 'scratch' } };
  const facts = from.reference && imageFacts(from.reference);
  if (!facts) return undefined;
  const image = from.text ?? facts.image;
  if (facts.workdir) return { value: facts.workdir, sure: facts.confidence, from: { kind: 'base-image', image } };
  return { value: '/', sure: 'likely', from: { kind: 'docker-default', because: 'no WORKDIR' } };
}

/** A step reads its shell text only when a rule asks. */
class LazyStep implements Step {
  readonly instruction: Instruction;
  readonly stage: Stage;
  readonly index: number;
  readonly scope: Scope;
  readonly user: Fact<string> | undefined;
  readonly workdir: Fact<string> | undefined;
  readonly shell: readonly string[];
  readonly shellIsSet: boolean;
  #commands: Commands | undefined;
  #mounts: readonly Mount[] | undefined;

  constructor(
    instruction: Instruction,
    stage: Stage,
    index: number,
    scope: Scope,
    user: Fact<string> | undefined,
    workdir: Fact<string> | undefined,
    shell: readonly string[],
    shellIsSet: boolean,
  ) {
    this.instruction = instruction;
    this.stage = stage;
    this.index = index;
    this.scope = scope;
    this.user = user;
    this.workdir = workdir;
    this.shell = shell;
    this.shellIsSet = shellIsSet;
  }

  get commands() {
    this.#commands ??= commandsOf(this.instruction, this.shell);
    return this.#commands.commands;
  }

  get certain() {
    this.#commands ??= commandsOf(this.instruction, this.shell);
    return this.#commands.certain;
  }

  get mounts() {
    this.#mounts ??= mountsOf(this);
    return this.#mounts;
  }
}

function mountsOf(step: Step): readonly Mount[] {
  if (step.instruction.keyword !== 'RUN') return [];
  const mounts: Mount[] = [];
  for (const flag of step.instruction.flags) {
    if (flag.name !== 'mount' || flag.value === undefined) continue;
    const fields = mountFields(flag.value) ?? [];
    const field = (...names: string[]) => {
      const value = fields.findLast(({ key }) => names.includes(key))?.value;
      return value === undefined ? undefined : (step.scope.expand(value).text ?? value);
    };
    mounts.push({
      type: field('type') ?? 'bind',
      target: field('target', 'dst', 'destination'),
      id: field('id'),
      from: field('from'),
      span: flag.span,
    });
  }
  return mounts;
}

/** Which stages the target needs; BuildKit builds no others. */
function markUsed(target: Stage | undefined): void {
  if (!target) return;
  const queue: Stage[] = [target];
  (target as Mutable<Stage>).isFinal = true;
  for (let stage: Stage | undefined = target; stage; stage = stage.from.stage)
    (stage as Mutable<Stage>).isInherited = true;
  for (let stage = queue.pop(); stage; stage = queue.pop()) {
    if (stage.isUsed) continue;
    (stage as Mutable<Stage>).isUsed = true;
    if (stage.from.stage) queue.push(stage.from.stage);
    for (const step of stage.steps) {
      const copied = step.instruction.flags.filter((flag) => flag.name === 'from').map((flag) => flag.value);
      for (const from of [...copied, ...step.mounts.map((mount) => mount.from)]) {
        if (from === undefined) continue;
        const text = step.scope.expand(from).text ?? from;
        const named = stageNamed(stage, text);
        if (named) queue.push(named);
      }
    }
  }
}

/** What an `ONBUILD` step will do in the images built from this one, as a step in its place; undefined for others. */
export function triggerStep(step: Step): Step | undefined {
  const { trigger } = step.instruction;
  if (!trigger) return undefined;
  const { stage, index, scope, user, workdir, shell, shellIsSet } = step;
  return new LazyStep(trigger, stage, index, scope, user, workdir, shell, shellIsSet);
}
