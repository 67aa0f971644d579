import type { Stage, Step } from '../../model/dockerfile/dockerfile.ts';
import { stageChain } from '../../model/image/image-of.ts';
import type { Confidence, Severity } from '../../vocabulary/severity.ts';
import type { Span } from '../../vocabulary/span.ts';
import { bareVariables } from '../bare-variables.ts';
import type { Reporter, Rule } from '../rule.ts';

/** Where an empty variable changes what is built; in ENV and LABEL it only leaves a value empty. */
const severityOf: Readonly<Record<string, Severity>> = {
  COPY: 'medium',
  ADD: 'medium',
  WORKDIR: 'medium',
  USER: 'medium',
  VOLUME: 'medium',
  EXPOSE: 'medium',
  STOPSIGNAL: 'medium',
  ENV: 'low',
  LABEL: 'low',
};

export const undefinedVariable: Rule = {
  id: 'dockerfile/undefined-variable',
  summary: 'A variable that nothing sets',
  why: 'Docker puts nothing in its place and goes on: the file lands in "/", the path loses its middle, the user is root.',
  sources: [
    'https://docs.docker.com/reference/build-checks/undefined-var/',
    'https://docs.docker.com/build/building/variables/#scoping',
  ],
  severity: 'medium',
  confidence: 'likely',
  since: '0.1.0',
  mission: [],
  aliases: ['buildkit:UndefinedVar'],
  examples: { bad: 'bad-global-arg', good: 'good-redeclared' },
  dockerfile(dockerfile, report) {
    const globals = new Map(dockerfile.globalArguments.map((argument) => [argument.name, argument.span]));
    for (const stage of dockerfile.stages) {
      let known: { readonly sure: Confidence | undefined } | undefined;
      for (const step of stage.steps) {
        if (step.instruction.keyword === 'RUN' && globals.size > 0) reportGlobalsInRun(step, globals, report);
        const severity = severityOf[step.instruction.keyword];
        if (severity === undefined) continue;
        const seen = new Set<string>();
        // `LD_LIBRARY_PATH=/x:$LD_LIBRARY_PATH` adds to whatever the base has, which may be nothing. A name that the
        // same ENV sets is the business of `self-referring-env`.
        const own = new Set(step.instruction.pairs.map(({ key }) => key));
        for (const { text, span } of valuesOf(step))
          for (const name of unsetIn(text, step)) {
            if (own.has(name) || setByDocker.has(name) || seen.has(name)) continue;
            seen.add(name);
            // Only now: few stages have such a variable, and a long chain of stages takes long to walk.
            known ??= { sure: knowledgeOf(stage) };
            const base = known.sure;
            const global = globals.get(name);
            const isGlobal = globals.has(name);
            if (!isGlobal && base === undefined && setByBases.test(name)) continue;
            report({
              at: span,
              message: isGlobal
                ? `${name} is declared before the first FROM only, so it is empty in this stage`
                : base === undefined
                  ? `Nothing in this file sets ${name}: unless its base does, it is empty here`
                  : `Nothing sets ${name}, so it is empty here`,
              severity: stage.isUsed && (isGlobal || base !== undefined) ? severity : 'low',
              confidence: isGlobal ? 'certain' : (base ?? 'guess'),
              ...(global ? { related: [{ at: global, message: 'declared here, for FROM lines' }] } : {}),
            });
          }
      }
    }
  },
};

/** A shell sets variables of its own, so in RUN only those count that the file itself declares, too early. */
function reportGlobalsInRun(step: Step, globals: ReadonlyMap<string, Span | undefined>, report: Reporter): void {
  const seen = new Set<string>();
  for (const { words } of step.commands)
    for (const word of words)
      for (const name of word.variables) {
        const global = globals.get(name);
        if (!globals.has(name) || seen.has(name) || step.scope.declares(name) || step.scope.get(name) !== undefined)
          continue;
        seen.add(name);
        // Many bases say which version they are: `ARG NODE_VERSION`, `FROM node:${NODE_VERSION}`, `$NODE_VERSION`.
        if (setByBases.test(name) && knowledgeOf(step.stage) === undefined) continue;
        if (!bareVariables(word.text).has(name) || isSetHere(name, step)) continue;
        report({
          at: word.span,
          message: `${name} is declared before the first FROM only, so it is empty in this stage`,
          confidence: step.certain ? 'certain' : 'likely',
          severity: step.stage.isUsed ? 'medium' : 'low',
          // BuildKit's own check leaves RUN to the shell.
          aliases: [],
          ...(global ? { related: [{ at: global, message: 'declared here, for FROM lines' }] } : {}),
        });
      }
}

/** `X=…`, `export X=…`, `read X`, `for X in …`: anything in the text that may set it. */
function isSetHere(name: string, { instruction }: Step): boolean {
  const text = [instruction.body.text, ...instruction.heredocs.map(({ body }) => body)].join('\n');
  return new RegExp(`\\b${name}=|\\b(?:read|for|mapfile|readarray|getopts|local|declare)\\b[^;\\n]*\\b${name}\\b`).test(
    text,
  );
}

/** BuildKit sets PATH where the base does not. */
const setByDocker: ReadonlySet<string> = new Set(['PATH']);
/** Names that images are known to set for those who build on them. */
const setByBases =
  /_(?:HOME|DIR|PATH|VERSION|ROOT|USER|PREFIX|CONF|CONFDIR|DATA|INSTALL_DIR)$|^(?:GOPATH|GOROOT|PYTHONPATH|LD_LIBRARY_PATH|LANG|NVM_DIR|PGDATA|APP_UID|NB_[UG]ID)$/;

/** How sure we can be that a base sets no such variable; undefined: we cannot. */
function knowledgeOf(stage: Stage): Confidence | undefined {
  const root = stageChain(stage)[0];
  if (!root) return undefined;
  if (root.from.isScratch) return 'certain';
  // Images of bare distributions set PATH and nothing else.
  return /^(?:.*\/)?(?:debian|ubuntu|alpine|busybox)(?::|@|$)/.test(root.from.text ?? '') ? 'likely' : undefined;
}

interface Value {
  readonly text: string;
  readonly span: Span;
}

function valuesOf({ instruction }: Step): readonly Value[] {
  if (instruction.pairs.length > 0)
    return instruction.pairs.flatMap(({ value, valueSpan, span }) =>
      value === undefined ? [] : [{ text: value, span: valueSpan ?? span }],
    );
  // Heredocs of COPY are files of their own.
  return instruction.words.filter(({ text }) => !text.startsWith('<<'));
}

/** Names without a value, those with a fallback of their own (`${x:-y}`) left out. */
function unsetIn(text: string, step: Step): readonly string[] {
  if (!text.includes('$')) return [];
  const bare = bareVariables(text);
  return step.scope.expand(text).unset.filter((name) => bare.has(name) && !step.scope.declares(name));
}
