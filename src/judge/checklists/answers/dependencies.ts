import { manifests } from '../../../knowledge/manifests.ts';
import type { BuildContext } from '../../../model/build-context.ts';
import type { Step } from '../../../model/dockerfile/dockerfile.ts';
import type { LanguageCommand } from '../../../model/image/language-packages.ts';
import type { Service } from '../../../model/service.ts';
import { isBrought } from '../../../rules/copied.ts';
import { installsManifest } from '../../../rules/manifest-installs.ts';
import { languageSteps } from '../../../rules/steps.ts';
import { type Answer, type Part, type Words, weigh } from './answer.ts';
import { ask, built, imageFaults, type Look, part } from './look.ts';

const unlocked = ['dockerfile/lockfile-ignored', 'dockerfile/no-lockfile', 'project/unpinned-requirements'];

/** Each install of language packages is held to versions that somebody chose. */
export function dependenciesLocked(look: Look): Answer {
  return weigh(
    ask(built(look), (service) => {
      const faults = imageFaults(look, service, { ids: unlocked });
      return faults.length > 0
        ? faults
        : installs(look, service).flatMap(({ run, step, context }) => lockOf(look, service, run, step, context));
    }),
    'no language packages are installed here',
  );
}

interface Install {
  readonly run: LanguageCommand;
  readonly step: Step;
  readonly context: BuildContext | undefined;
}

/** Commands that install what a manifest or a requirements file names, or packages of their own. */
function installs(look: Look, service: Service): Install[] {
  const dockerfile = service.build?.dockerfile;
  if (!dockerfile) return [];
  const context = look.project.contextOf(dockerfile);
  return languageSteps(dockerfile, 'build').flatMap(({ step, runs }) =>
    runs
      .filter((run) => installsManifest(run) || isPip(run) || isGoBuild(run) || isJvm(run))
      .map((run) => ({ run, step, context })),
  );
}

const isPip = ({ manager, verb }: LanguageCommand) =>
  (manager === 'pip' && verb === 'install') || (manager === 'uv' && verb === 'pip install');
const isGoBuild = ({ manager, verb }: LanguageCommand) =>
  manager === 'go' && (verb === 'mod download' || verb === 'build' || verb === 'install');
const isJvm = ({ manager, command }: LanguageCommand) =>
  (manager === 'mvn' || manager === 'gradle') &&
  command.words.some(({ text }) =>
    /(?:^|:)(?:package|install|verify|deploy|build|assemble|bootJar|shadowJar|installDist)$/.test(text),
  );

/** Options with which the program stops where a lockfile is missing or does not fit. */
const strict: readonly string[] = [
  '--frozen-lockfile',
  '--frozen',
  '--locked',
  '--immutable',
  '--deploy',
  '--deployment',
  '--require-hashes',
];

function lockOf(
  look: Look,
  service: Service,
  run: LanguageCommand,
  step: Step,
  context: BuildContext | undefined,
): Part[] {
  const { flags } = run.options;
  const at = run.command.span;
  const said = `"${`${run.program} ${run.verb}`.trim()}"`;
  const answer = (state: Part['state'], words: Words) => [part(look, state, service, words, at)];
  const held: Words = ['installs what its lockfile says', 'install what their lockfiles say'];
  if (strict.some((flag) => flags.has(flag)) || /^(?:ci|clean-install|install-clean|ic)$/.test(run.verb))
    return answer('pass', held);
  if (isPip(run)) return pipLock(run, context, answer, said);
  if (isJvm(run)) return answer('open', `: "${run.program}" takes what its build file says, which is not read here`);
  if (isGoBuild(run)) {
    const sum = isBrought(step, ['go.sum'], 'go.mod', context);
    // Without any requirement there is nothing to lock.
    if (
      sum === 'yes' ||
      (context?.text('go.mod') !== undefined && !/^[ \t]*require\b/m.test(context.text('go.mod') ?? ''))
    )
      return answer('pass', held);
    return sum === 'no' && context?.kind('go.mod') === 'file'
      ? answer('fail', `: ${said} runs without a go.sum`)
      : answer('open', `: nothing here shows whether ${said} has a go.sum`);
  }
  const known = manifests.get(run.manager);
  if (!known) return [];
  const lock = isBrought(step, known.locks, known.manifest, context);
  // These change the lockfile when the manifest asks for something else, instead of failing.
  if (['npm', 'yarn', 'pnpm', 'bun'].includes(run.manager) && lock !== 'no')
    return answer('fail', `: ${said} may install something else than its lockfile says`);
  if (lock === 'yes' || run.verb === 'sync') return answer('pass', held);
  return answer('open', `: nothing here shows whether ${said} has a ${known.locks[0]}`);
}

function pipLock(
  run: LanguageCommand,
  context: BuildContext | undefined,
  answer: (state: Part['state'], words: Words) => Part[],
  said: string,
): Part[] {
  if (run.options.flags.has('-c') || run.options.flags.has('--constraint'))
    return answer('pass', ['installs exact versions', 'install exact versions']);
  const files = run.options.all
    .filter(({ name }) => name === '-r' || name === '--requirement')
    .map(({ value }) => (value === true ? '' : value.text));
  const loose = run.operands.filter(
    ({ text }) =>
      !/^(?:pip|setuptools|wheel|uv|poetry|pipenv)\b/.test(text) && !/===?|@|\.whl$|\.tar\.gz$|^[./]|^\$/.test(text),
  );
  if (loose[0]) return answer('fail', `: ${said} takes whatever version of ${loose[0].text} is newest`);
  const unread = files.find(
    (file) => context?.kind(file.slice(file.lastIndexOf('/') + 1)) !== 'file' && !hasFile(context, file),
  );
  if (unread !== undefined) return answer('open', `: ${unread || 'the requirements'} cannot be read here`);
  // Rule project/unpinned-requirements read them and found nothing loose.
  if (files.length > 0) return answer('pass', ['installs exact versions', 'install exact versions']);
  return run.operands.some(({ text }) => /^[.$]/.test(text))
    ? answer('open', `: which versions ${said} takes is not read here`)
    : [];
}

function hasFile(context: BuildContext | undefined, written: string): boolean {
  const base = written.slice(written.lastIndexOf('/') + 1);
  return context?.entries().some(({ path, kind }) => kind === 'file' && path.endsWith(`/${base}`)) ?? false;
}

/** Manifests are copied and installed before the rest. */
export function dependenciesFirst(look: Look): Answer {
  const named = { ids: ['dockerfile/source-before-dependencies'], anySeverity: true };
  return weigh(
    ask(built(look), (service) => {
      const faults = imageFaults(look, service, named);
      if (faults.length > 0) return faults;
      const first = installs(look, service).find(
        ({ run }) => !isPip(run) || run.options.flags.has('-r') || run.options.flags.has('--requirement'),
      );
      return (
        first &&
        part(
          look,
          'pass',
          service,
          [
            'installs its dependencies before the source is copied, or keeps them cached',
            'install their dependencies before the source is copied, or keep them cached',
          ],
          first.run.command.span,
        )
      );
    }),
    'nothing is installed from a manifest here',
  );
}
