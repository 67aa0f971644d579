import { type FixOutcome, fixProject, type Offer } from '../../fix/fix-project.ts';
import { together } from '../../fix/mend-projects.ts';
import { isSecretFile } from '../../fix/secret-files.ts';
import { shownDiff } from '../../fix/shown-diff.ts';
import { shownOutcome } from '../../fix/shown-outcome.ts';
import type { Configuration } from '../../judge/config/configuration.ts';
import type { Project } from '../../model/project.ts';
import { renderDiff } from '../../report/diff.ts';
import { renderFixJson } from '../../report/fix-json.ts';
import { renderMending, renderOffer } from '../../report/mending.ts';
import { allRules } from '../../rules/registry.ts';
import { SeaworthyError } from '../../vocabulary/error.ts';
import type { Mending } from '../../vocabulary/mending.ts';
import { atLeast } from '../../vocabulary/severity.ts';
import { type Call, isOn, oneText, texts } from '../command.ts';
import { configurationOf } from '../configuration-of.ts';
import { ExitCode } from '../exit-code.ts';
import { strictest } from '../judge-operands.ts';
import { type Job, jobsOf, projectOf } from '../operand-jobs.ts';
import { resolveRules } from '../project-flags.ts';
import { version } from '../version.ts';
import { askEach } from './ask-each.ts';
import { Interrupted, openPrompt, type Prompt } from './prompt.ts';
import { replaceFiles } from './replace-files.ts';
import { realOf, SharedTexts } from './shared-texts.ts';
import { uncommitted } from './uncommitted.ts';

/** `seaworthy fix`: mends each project in turn, writes what changed, and tells what remains. */
export async function runFix(call: Call): Promise<ExitCode> {
  const isStdin = call.operands.includes('-');
  refuseMisuse(call, isStdin);
  const prompt = isOn(call.values, 'interactive') ? await openPrompt(call.env) : undefined;
  if (isOn(call.values, 'interactive') && !prompt)
    throw new SeaworthyError('usage', '--interactive needs a terminal to ask at', {
      hint: 'seaworthy fix --dry-run shows the changes without asking.',
    });
  try {
    return await mend(call, isStdin, prompt);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    call.out.warn('\nInterrupted: no file was changed.\n');
    return ExitCode.Interrupted;
  } finally {
    prompt?.close();
  }
}

function refuseMisuse(call: Call, isStdin: boolean): void {
  if (isStdin && call.operands.length > 1)
    throw new SeaworthyError('usage', 'Standard input is mended by itself: - takes no other PATH', {
      hint: 'seaworthy fix - < Dockerfile',
    });
  if (!isOn(call.values, 'interactive')) return;
  if (isStdin || oneText(call.values, 'format') === 'json')
    throw new SeaworthyError('usage', '--interactive asks a person: it takes no standard input and no JSON', {
      hint: 'seaworthy fix --interactive PATH',
    });
}

async function mend(call: Call, isStdin: boolean, prompt: Prompt | undefined): Promise<ExitCode> {
  const jobs = jobsOf(call);
  refuseUnknownServices(call, jobs);
  const shared = new SharedTexts();
  const outcomes: { readonly job: Job; readonly outcome: FixOutcome; readonly mending: Mending }[] = [];
  const configurations: Configuration[] = [];
  for (const job of jobs) {
    const files = shared.over(job.files);
    // Not what the search had loaded: a project before this one may have changed the file.
    configurations.push(configurationOf(call, projectOf({ files, options: job.options, prefix: job.prefix })));
    const outcome = await fixProject(files, optionsFor(call, job, prompt, jobs.length > 1));
    const mending = await shownOutcome(outcome, job.prefix);
    if (!isStdin)
      shared.keep(
        job.files.root,
        new Map(
          [...outcome.files].map(([name, after]) => [
            name,
            {
              before: outcome.originals.get(name),
              after,
              shown: job.prefix + name,
              isSecret: isSecretFile(name, outcome.projects.after),
            },
          ]),
        ),
      );
    outcomes.push({ job, outcome, mending });
  }
  const isDry = isOn(call.values, 'dry-run');
  if (!isDry && !isStdin) write(call, shared);
  const mending = together(outcomes.map((one) => one.mending));
  tell(call, mending, isStdin ? stdinText(call, outcomes[0]) : undefined);
  return exitCode(call, outcomes, configurations, mending);
}

function optionsFor(call: Call, { prefix, files, options }: Job, prompt: Prompt | undefined, isShared: boolean) {
  const only = resolveRules(texts(call.values, 'only'), allRules);
  const services = servicesOf(call);
  const isAll = only.includes('all');
  return {
    level: isOn(call.values, 'review') ? ('review' as const) : ('safe' as const),
    project: options,
    rules: allRules,
    configurationOf: (project: Project) => ({ ...configurationOf(call, project), isShared }),
    // A rule that is named is meant, opt-in or not.
    optIn: [...resolveRules(texts(call.values, 'enable'), allRules), ...only],
    ...(only.length > 0 && !isAll ? { only } : {}),
    ...(services.length > 0 ? { services } : {}),
    ...(call.values.style === 'cache-mounts' ? { wishes: { caches: 'mounted' as const } } : {}),
    ...(prompt ? { choose: chooser(call, prefix, files.root, prompt) } : {}),
  };
}

function chooser(call: Call, prefix: string, root: string, prompt: Prompt): (offer: Offer) => Promise<boolean> {
  const show = async (offer: Offer) => {
    const files = [...offer.changes.keys()];
    // Better before the first question than after the last answer.
    if (!isOn(call.values, 'dry-run'))
      refuseUncommitted(call, new Map(files.map((file) => [realIn(root, file), prefix + file])));
    const pairs = [...offer.changes].map(([file, change]) => ({ file, old: change.old, new: change.new }));
    const diffs = await shownDiff(pairs, offer.project, undefined, (file) => prefix + file);
    const rule = allRules.find(({ id }) => id === offer.finding.rule);
    call.out.warn(renderOffer(offer, rule?.why, prefix, pageOf(call)));
    call.out.warn(`${renderDiff(diffs, { color: call.out.color })}\n`);
  };
  return askEach(prompt, show, (text) => call.out.warn(text));
}

function write(call: Call, shared: SharedTexts): void {
  if (shared.texts.size === 0) return;
  refuseUncommitted(call, new Map([...shared.texts].map(([real, { shown }]) => [real, shown])));
  replaceFiles([...shared.texts].map(([file, text]) => ({ file, ...text })));
}

/** `files`: by real path, as they are shown. */
function refuseUncommitted(call: Call, files: ReadonlyMap<string, string>): void {
  if (isOn(call.values, 'allow-dirty')) return;
  const dirty = uncommitted([...files.keys()]).map((file) => files.get(file) ?? file);
  if (dirty.length === 0) return;
  const names = dirty.length > 5 ? `${dirty.slice(0, 5).join(', ')} and ${dirty.length - 5} more` : dirty.join(', ');
  throw new SeaworthyError(
    'uncommitted',
    `Git could not give back the present state of ${names}; nothing was changed`,
    {
      hint: 'Commit first, or say --allow-dirty. --dry-run shows what would change.',
    },
  );
}

function realIn(root: string, file: string): string {
  return realOf(`${root}/${file}`);
}

function servicesOf(call: Call): string[] {
  return texts(call.values, 'service').flatMap((given) => given.split(','));
}

function refuseUnknownServices(call: Call, jobs: readonly Job[]): void {
  const asked = servicesOf(call);
  if (asked.length === 0) return;
  const names = new Set(jobs.flatMap((job) => projectOf(job).services.map(({ name }) => name)));
  for (const name of asked)
    if (!names.has(name))
      throw new SeaworthyError('unknown-service', `There is no service "${name}"`, {
        hint: names.size > 0 ? `There are: ${[...names].join(', ')}` : 'The project has no services.',
      });
}

/** Unchanged where nothing was mended: what comes out can always take the place of what went in. */
function stdinText(call: Call, one: { readonly outcome: FixOutcome } | undefined): string | undefined {
  if (isOn(call.values, 'dry-run') || oneText(call.values, 'format') === 'json' || !one) return undefined;
  const { before } = one.outcome.projects;
  const [name] = [...before.sources.keys()].filter((file) => !before.inline.has(file));
  const source = name === undefined ? undefined : before.files.read(name);
  return name === undefined ? undefined : (one.outcome.files.get(name) ?? (source?.ok ? source.text : undefined));
}

function tell(call: Call, mending: Mending, stdinText: string | undefined): void {
  const { out } = call;
  if (oneText(call.values, 'format') === 'json') {
    out.write(renderFixJson(mending, { version, isDryRun: isOn(call.values, 'dry-run') }));
    return;
  }
  const page = pageOf(call);
  const isDryRun = isOn(call.values, 'dry-run');
  const isReview = isOn(call.values, 'review');
  const report = renderMending(mending, {
    ...page,
    isDryRun,
    isReview,
    isNarrowed: texts(call.values, 'only').length > 0 || servicesOf(call).length > 0,
    verbose: isOn(call.values, 'verbose'),
  });
  if (stdinText !== undefined) {
    out.write(stdinText);
    out.warn(report);
  } else if (isDryRun) {
    // The diff alone on standard output, so that it can be kept and applied.
    out.write(renderDiff(mending.diffs, { color: out.color }));
    out.warn(report);
  } else out.write(report);
}

function pageOf({ out }: Call) {
  return { color: out.color, width: out.width, unicode: out.unicode };
}

function exitCode(
  call: Call,
  outcomes: readonly { readonly outcome: FixOutcome }[],
  configurations: readonly Configuration[],
  { left }: Mending,
): ExitCode {
  const failures = outcomes.flatMap(({ outcome }) => outcome.after.failures);
  for (const { rule, message } of failures)
    call.out.warn(`seaworthy: the rule ${rule} failed; the others ran. This is our bug: ${message}\n`);
  if (failures.length > 0) return ExitCode.OurBug;
  const unread = outcomes.flatMap(({ outcome }) => outcome.after.unread);
  for (const { path, reason } of unread) call.out.warn(`seaworthy: not looked at: ${path}: ${reason}\n`);
  if (outcomes.every(({ outcome }) => outcome.after.files.length === 0))
    throw new SeaworthyError('unreadable', 'Nothing could be read', { hint: 'See what is listed as not looked at.' });
  const failOn = oneText(call.values, 'fail-on') ?? strictest(configurations) ?? 'medium';
  const worst = left.some(
    ({ finding }) => failOn !== 'never' && atLeast(finding.severity, failOn as typeof finding.severity),
  );
  return worst ? ExitCode.NotSeaworthy : ExitCode.Seaworthy;
}
