import { parseImageReference } from '../../knowledge/image-reference.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { parseDockerfile } from '../../read/dockerfile/parse.ts';
import { mountFields } from '../../read/dockerfile/run-mount.ts';
import type { Instruction } from '../../read/dockerfile/tree.ts';
import { normalizePath } from '../../read/paths.ts';
import type { SourceText } from '../../read/text.ts';
import { type Fact, stated } from '../../vocabulary/fact.ts';
import type { Dockerfile, From, Mount, Stage, Step } from './dockerfile.ts';
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
    if (stage) stage.steps = stepsOf(stage, pending, given, globalScope, tree.escape);
    pending = [];
  };
  for (const instruction of tree.instructions) {
    if (instruction.keyword === 'FROM') {
      close();
      const stage = openStage(dockerfile, stages.length, instruction, globalScope, byName);
      stages.push(stage);
      if (stage.name !== undefined) byName.set(stage.name, stage);
    } else if (stages.length > 0) {
      pending.push(instruction);
    } else if (instruction.keyword === 'ARG') {
      const declared = argumentsOf(instruction, given, globalScope);
      globals.push(...declared);
      globalScope = globalScope.with(declared);
    }
  }
  close();
  const wanted = options.target;
  const target =
    wanted === undefined ? stages.at(-1) : (byName.get(wanted.toLowerCase()) ?? stages[stageNumber(wanted)]);
  dockerfile.target = target;
  dockerfile.missingTarget = wanted !== undefined && !target ? wanted : undefined;
  markUsed(stages, byName, target);
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
  };
}

function hasBareUnset(written: string, unset: readonly string[]): boolean {
  return unset.some((name) => {
    const rest = written
      .split(new RegExp(`\\$\\{${escapeRegExp(name)}(?=[:}\\-+?])|\\$${escapeRegExp(name)}\\b`))
      .slice(1);
    return rest.some((after) => !/^:?[-+]/.test(after));
  });
}

function escapeRegExp(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}

/** ARG gives its default unless the build gives a value; inside a stage, a bare `ARG x` takes the global one's. */
function argumentsOf(
  instruction: Instruction,
  given: ReadonlyMap<string, string | undefined>,
  scope: Scope,
  globals?: Scope,
) {
  return instruction.pairs.map((pair): Variable => {
    const fallback = pair.value === undefined ? globals?.get(pair.key)?.value : scope.expand(pair.value).text;
    return { name: pair.key, value: given.get(pair.key) ?? fallback, kind: 'arg', span: pair.span };
  });
}

function stepsOf(
  stage: Stage,
  instructions: readonly Instruction[],
  given: ReadonlyMap<string, string | undefined>,
  globals: Scope,
  escapeChar: string,
): Step[] {
  const parent = stage.from.stage;
  const last = parent?.steps.at(-1);
  let scope = last ? envOnly(scopeAfter(last), escapeChar) : Scope.empty(escapeChar);
  let user = parent ? userAfter(parent) : baseUser(stage.from);
  let workdir = parent ? workdirAfter(parent) : baseWorkdir(stage.from);
  let shell = last ? shellAfter(last) : defaultShell;
  let shellIsSet = last ? last.shellIsSet || last.instruction.keyword === 'SHELL' : false;
  return instructions.map((instruction, index) => {
    const step = new LazyStep(instruction, stage, index, scope, user, workdir, shell, shellIsSet);
    switch (instruction.keyword) {
      case 'ARG': {
        // An ARG does not hide an ENV of the same name.
        const declared = argumentsOf(instruction, given, scope, globals);
        scope = scope.with(declared.filter((variable) => scope.get(variable.name)?.kind !== 'env'));
        break;
      }
      case 'ENV':
        scope = scopeAfter(step);
        break;
      case 'USER':
        user = userSet(step) ?? user;
        break;
      case 'WORKDIR':
        workdir = workdirSet(step) ?? workdir;
        break;
      case 'SHELL':
        shell = shellAfter(step);
        shellIsSet = true;
        break;
    }
    return step;
  });
}

/** ENV is inherited by FROM, ARG is not. */
function envOnly(scope: Scope, escapeChar: string): Scope {
  return Scope.empty(escapeChar).with(scope.all().filter((variable) => variable.kind === 'env'));
}

function scopeAfter(step: Step): Scope {
  if (step.instruction.keyword !== 'ENV') return step.scope;
  // All values of one ENV are expanded with the variables before it.
  return step.scope.with(
    step.instruction.pairs.map(
      (pair): Variable => ({
        name: step.scope.expand(pair.key).text ?? pair.key,
        value: step.scope.expand(pair.value ?? '').text,
        kind: 'env',
        span: pair.span,
      }),
    ),
  );
}

function shellAfter(step: Step): readonly string[] {
  if (step.instruction.keyword !== 'SHELL') return step.shell;
  const words = step.instruction.words.map((word) => word.text);
  return step.instruction.form === 'exec' && words.length > 0 ? words : step.shell;
}

function userSet(step: Step): Fact<string> | undefined {
  const word = step.instruction.words[0];
  const text = word && step.scope.expand(word.text).text;
  return word && text ? stated(text, word.span) : undefined;
}

function workdirSet(step: Step): Fact<string> | undefined {
  const word = step.instruction.words[0];
  const text = word && step.scope.expand(word.text).text;
  if (!word || !text) return undefined;
  const absolute = text.startsWith('/') || /^[A-Za-z]:/.test(text);
  const path = absolute ? text : `${step.workdir?.value ?? '/'}/${text}`;
  return stated(normalizePath(path), word.span, absolute || step.workdir ? 'certain' : 'likely');
}

/** The user in force at a stage's end. */
export function userAfter(stage: Stage): Fact<string> | undefined {
  const last = stage.steps.findLast((step) => step.instruction.keyword === 'USER' && userSet(step));
  return last ? userSet(last) : stage.from.stage ? userAfter(stage.from.stage) : baseUser(stage.from);
}

export function workdirAfter(stage: Stage): Fact<string> | undefined {
  const last = stage.steps.at(-1);
  if (!last) return stage.from.stage ? workdirAfter(stage.from.stage) : baseWorkdir(stage.from);
  return last.instruction.keyword === 'WORKDIR' ? (workdirSet(last) ?? last.workdir) : last.workdir;
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
function markUsed(
  stages: readonly Mutable<Stage>[],
  byName: ReadonlyMap<string, Stage>,
  target: Stage | undefined,
): void {
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
        const named = byName.get(text.toLowerCase()) ?? stages[stageNumber(text)];
        if (named && named !== stage) queue.push(named);
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
