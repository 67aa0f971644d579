import { fixOf, leftBecause } from '../../edit/change.ts';
import { keywordAs } from '../../edit/dockerfile.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { type LanguageCommand, languageCommand } from '../../model/image/language-packages.ts';
import type { Project } from '../../model/project.ts';
import type { ShellCommand } from '../../read/shell/tree.ts';
import type { Cure } from '../../vocabulary/fix.ts';
import { isForApp, lineOutside, userAtEnd } from './line-outside.ts';
import { type NodeManifest, nodeManifest } from './node-manifest.ts';
import { servesSite, splitSite } from './site.ts';
import { slimTag } from './slim-tag.ts';
import { inTwoStages } from './two-stages.ts';
import { describesRun, type Understood, understood } from './understood.ts';

/** Programs that a build line may call without leaving anything outside of the working directory. */
const harmless = /^(?:npx|tsc|vite|webpack|rollup|esbuild|tsup|swc|babel|next|nuxt|nest|ng|node|corepack)$/;

/** Node: all packages to build with in one stage; the built app and its production packages in a slim one. */
export function splitNode(dockerfile: Understood['dockerfile'], project: Project): Cure {
  const known = understood(dockerfile, project);
  if ('left' in known) return known;
  if (servesSite(known)) return splitSite(dockerfile, project);
  const { stage, context, workdir } = known;
  const { reference } = stage.from;
  const manifest = nodeManifest(context);
  if (!reference || !manifest) return leftBecause('there is no package.json where it is built');
  const runtime = slimTag(stage.from.written, reference.tag);
  if (runtime === undefined) return leftBecause('whether its base image comes in a smaller flavour is not known');
  const obstacle = needsMore(known, manifest) ?? lineOutside(known, harmless);
  if (obstacle !== undefined) return leftBecause(obstacle);
  const install = installOf(stage.steps);
  if (!install) return leftBecause('no line of it installs packages as package.json says');
  // Whoever installed them can take packages out again.
  const changesUser = stage.steps.some(
    (step) => step.instruction.keyword === 'USER' && step.index > install.step.index && !isForApp(step),
  );
  if (changesUser) return leftBecause('packages are installed by another user than the rest');
  const prune = manifest.development.size === 0 ? [] : pruneLine(install);
  if (!prune) return leftBecause(`how ${install.manager} takes development packages out again is not settled`);
  const copy = keywordAs(dockerfile, 'COPY');
  const owner = userAtEnd(stage.steps);
  const chown = owner === undefined ? '' : ` --chown=${owner}:${owner}`;
  return fixOf(
    {
      title: `Build in one stage, run the app with its production packages in ${runtime}`,
      safety: 'review',
      provedBy: 'boot-time',
      note: 'the slim image lacks git, curl, python and many libraries: start it once and look',
      rewrites: true,
    },
    inTwoStages(dockerfile, {
      place: placeOf,
      buildEnd: prune.map((line) => `${keywordAs(dockerfile, 'RUN')} ${line}`),
      runtime,
      copies: [`${copy} --from=build${chown} ${workdir} ${workdir}`],
    }),
  );
}

function placeOf(step: Step): 'build' | 'run' | 'both' {
  const { instruction } = step;
  if (isForApp(step)) return 'run';
  if (/^(?:ENV|WORKDIR|USER)$/.test(instruction.keyword)) return 'both';
  return describesRun.test(instruction.keyword) ? 'run' : 'build';
}

/** What the app would miss in a slim image. */
function needsMore({ main, services, stage, workdir }: Understood, manifest: NodeManifest): string | undefined {
  if (!/^\/[\w./-]*\w$/.test(workdir)) return 'it works in the root directory, among the files of the system';
  if (manifest.systemNeed) return manifest.systemNeed;
  const started = startedBy(main, manifest);
  if (started === undefined) return 'what its start script runs is not known';
  for (const word of started)
    for (const name of manifest.development)
      if (word === name || word.startsWith(`${name}/`)) return `it starts with ${name}, which is a development package`;
  if (started[0] !== 'node' && !manifest.production.has(started[0] ?? ''))
    return `it starts with ${started[0]}, and which package brings that is not known`;
  if (services.some(({ environment }) => environment.get('NODE_ENV')?.value === 'development'))
    return 'it runs in development mode';
  const arguments_ = stage.steps.some(({ instruction }) => instruction.keyword === 'ARG');
  const uses = stage.steps.some(({ instruction }) => instruction.keyword === 'ENV' && /\$/.test(instruction.body.text));
  return arguments_ && uses ? 'build arguments end in its environment' : undefined;
}

/** `npm start` is what package.json says; everything else is itself. */
function startedBy({ words }: ShellCommand, { scripts }: NodeManifest): string[] | undefined {
  const texts = words.map(({ text }) => text);
  if (!/^(?:npm|yarn|pnpm)$/.test(texts[0] ?? '')) return texts;
  const name = texts.slice(1).find((text) => !text.startsWith('-') && text !== 'run' && text !== 'run-script');
  const script = scripts.get(name ?? 'start');
  if (script === undefined || /[|;<>`$()]/.test(script)) return undefined;
  const parts = script.split('&&').map((part) =>
    part
      .trim()
      .split(/\s+/)
      .filter((word) => !/^\w+=/.test(word)),
  );
  return parts.length === 1 ? parts[0] : undefined;
}

interface Install extends LanguageCommand {
  readonly step: Step;
}

function installOf(steps: readonly Step[]): Install | undefined {
  for (const step of steps)
    for (const command of step.commands) {
      const run = languageCommand(command);
      if (
        run &&
        /^(?:npm|yarn|pnpm|bun)$/.test(run.manager) &&
        /^(?:|install|i|ci|clean-install)$/.test(run.verb) &&
        run.operands.length === 0
      )
        return { ...run, step };
    }
  return undefined;
}

/** `npm prune` (docs.npmjs.com/cli/commands/npm-prune), `pnpm prune` (pnpm.io/cli/prune); Yarn 1 installs anew. */
function pruneLine({ manager, options }: LanguageCommand): string[] | undefined {
  const has = (...names: string[]) => names.some((name) => options.flags.has(name));
  if (has('--production', '--prod', '--omit', '--only', '-P')) return [];
  if (manager === 'npm') return ['npm prune --omit=dev'];
  if (manager === 'pnpm') return ['pnpm prune --prod'];
  if (manager === 'yarn' && !has('--immutable')) return ['yarn install --production --ignore-scripts --prefer-offline'];
  return undefined;
}
