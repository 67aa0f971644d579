import fs from 'node:fs';
import path from 'node:path';
import type { Configuration } from '../judge/config/configuration.ts';
import { withSources } from '../judge/config/with-sources.ts';
import { type JudgeOptions, judge } from '../judge/judge.ts';
import { maskedLines } from '../judge/masked-lines.ts';
import { stackGraph } from '../judge/stack-graph.ts';
import { kindByContent } from '../model/lone-file.ts';
import type { Project } from '../model/project.ts';
import { type ProjectOptions, readProject } from '../model/read-project.ts';
import type { Files } from '../read/files.ts';
import { diskFiles } from '../read/files-disk.ts';
import { memoryFiles } from '../read/files-memory.ts';
import { allRules } from '../rules/registry.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { lazily } from '../vocabulary/lazily.ts';
import { type Severity, severities } from '../vocabulary/severity.ts';
import type { StackGraph } from '../vocabulary/stack-graph.ts';
import type { ChecklistItemState, ChecklistState, ItemState, Verdict } from '../vocabulary/verdict.ts';
import { type Call, oneText, texts } from './command.ts';
import { configurationOf } from './configuration-of.ts';

export interface Judged {
  readonly verdict: Verdict;
  /** A line of a judged file, secrets masked. */
  readonly sourceLine: (file: string, line: number) => string;
  /** What the configurations say of when to fail; the strictest of several projects counts. */
  readonly failOn: Severity | 'never' | undefined;
  /** What joins the services of each project; worked out when asked for. */
  readonly graphs: () => StackGraph[];
}

/** A project that an operand names, not yet read. */
export interface Job {
  readonly files: Files;
  readonly options: ProjectOptions;
  /** From the current directory to the root of `files`. */
  readonly prefix: string;
}

/** Judges what the operands name, each directory as a project of its own, and puts the verdicts together. */
export function judgeOperands(call: Call, options: JudgeOptions): Judged {
  const lines: ((file: string, line: number) => string | undefined)[] = [];
  const configurations: Configuration[] = [];
  const projects = projectsOf(call);
  const verdicts = projects.map(({ project, prefix }) => {
    const configuration = configurationOf(call, project);
    configurations.push(configuration);
    const masked = maskedLines(withSources(project, configuration));
    lines.push((file, line) => (file.startsWith(prefix) ? masked(file.slice(prefix.length), line) : undefined));
    return judge(project, allRules, { ...options, prefix, configuration });
  });
  return {
    verdict: verdicts.length === 1 ? (verdicts[0] as Verdict) : together(verdicts),
    sourceLine: (file, line) => {
      for (const look of lines) {
        const found = look(file, line);
        if (found !== undefined) return found;
      }
      return '';
    },
    failOn: strictest(configurations),
    graphs: () => projects.map(({ project, prefix }) => stackGraph(project, prefix)),
  };
}

/** A project that says nothing fails from medium on, whatever its neighbours say. */
export function strictest(configurations: readonly Configuration[]): Severity | 'never' | undefined {
  if (configurations.every(({ failOn }) => failOn === undefined)) return undefined;
  const said = configurations.map(({ failOn }) => failOn ?? 'medium');
  return severities.toReversed().find((severity) => said.includes(severity)) ?? 'never';
}

/** Reads the projects that the operands name; refuses a place where there is nothing to look at. */
export function projectsOf(call: Call): { readonly project: Project; readonly prefix: string }[] {
  return jobsOf(call).map((job) => ({ project: projectOf(job), prefix: job.prefix }));
}

/** Reads what a job is about; refuses a place where there is nothing to look at. */
export function projectOf({ files, options }: Job): Project {
  const project = readProject(files, options);
  if (project.sources.size === 0 && project.unread.length === 0 && project.faults.length === 0)
    throw new SeaworthyError(
      'no-project',
      `There is no Dockerfile and no Compose file in ${files.root || 'what was given'}`,
      { hint: 'Name a directory, a Dockerfile or a Compose file: seaworthy check PATH' },
    );
  return project;
}

export function jobsOf(call: Call): Job[] {
  const operands = call.operands.length > 0 ? call.operands : ['.'];
  const composeFiles = texts(call.values, 'file');
  const common = commonOptions(call);
  if (composeFiles.length > 0 && call.operands.length > 0)
    throw new SeaworthyError('usage', 'Compose files are named either by -f or as operands, not both', {
      hint: 'seaworthy check -f a.yaml -f b.yaml',
    });
  if (composeFiles.length > 0) {
    for (const file of composeFiles) mustExist(call.cwd, file);
    const root = commonRoot(call.cwd, composeFiles);
    const names = composeFiles.map((file) => slashed(path.relative(root, path.resolve(call.cwd, file))));
    return [
      {
        files: diskFiles(root),
        prefix: prefixOf(call.cwd, root),
        options: { ...common, compose: { ...common.compose, files: names, directory: '.' } },
      },
    ];
  }
  const jobs: Job[] = [];
  const dockerfiles: string[] = [];
  for (const operand of operands) {
    if (operand === '-') {
      const text = call.readStdin();
      const isCompose = kindByContent(text) === 'compose';
      const name = isCompose ? 'compose.yaml' : 'Dockerfile';
      jobs.push({
        files: memoryFiles({ [name]: text }),
        prefix: '',
        options: isCompose
          ? { ...common, compose: { ...common.compose, files: [name] } }
          : { ...common, dockerfiles: [name] },
      });
      continue;
    }
    const kind = mustExist(call.cwd, operand);
    const place = path.resolve(call.cwd, operand);
    if (kind === 'directory')
      jobs.push({ files: diskFiles(place), prefix: prefixOf(call.cwd, place), options: common });
    else if (/\.ya?ml$/i.test(operand)) {
      const root = path.dirname(place);
      jobs.push({
        files: diskFiles(root),
        prefix: prefixOf(call.cwd, root),
        options: { ...common, compose: { ...common.compose, files: [path.basename(place)] } },
      });
    } else dockerfiles.push(place);
  }
  for (const [root, group] of byRoot(call.cwd, dockerfiles)) {
    jobs.push({
      files: diskFiles(root),
      prefix: prefixOf(call.cwd, root),
      options: { ...common, dockerfiles: group.map((file) => slashed(path.relative(root, file))) },
    });
  }
  return jobs;
}

function commonOptions(call: Call): ProjectOptions {
  const env: Record<string, string> = {};
  for (const pair of texts(call.values, 'env')) {
    const at = pair.indexOf('=');
    if (at < 1)
      throw new SeaworthyError('usage', '--env takes NAME=VALUE', { hint: 'seaworthy check --env TAG=1.2.3' });
    env[pair.slice(0, at)] = pair.slice(at + 1);
  }
  const today = oneText(call.values, 'today') ?? new Date().toISOString().slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(today))
    throw new SeaworthyError('usage', '--today takes a date', { hint: 'seaworthy check --today 2026-11-21' });
  const profiles = texts(call.values, 'profile');
  const envFiles = texts(call.values, 'env-file');
  const projectName = oneText(call.values, 'project-name');
  return {
    today,
    compose: {
      env,
      ...(profiles.length > 0
        ? { profiles: profiles.includes('*') ? [] : profiles, allProfiles: profiles.includes('*') }
        : {}),
      ...(envFiles.length > 0 ? { envFiles } : {}),
      ...(projectName === undefined ? {} : { projectName }),
    },
  };
}

function mustExist(cwd: string, operand: string): 'file' | 'directory' {
  const place = path.resolve(cwd, operand);
  let stat: fs.Stats;
  try {
    stat = fs.statSync(place);
  } catch (cause) {
    throw new SeaworthyError('no-project', `There is no file or directory "${operand}"`, {
      hint: 'Check the path.',
      cause,
    });
  }
  return stat.isDirectory() ? 'directory' : 'file';
}

/** Dockerfiles below the current directory are one project there; others one each at their own directory. */
function byRoot(cwd: string, files: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const root = path.relative(cwd, file).startsWith('..') ? path.dirname(file) : cwd;
    groups.set(root, [...(groups.get(root) ?? []), file]);
  }
  return groups;
}

/** Compose takes the directory of the first file for the project's; files elsewhere must be below a common one. */
function commonRoot(cwd: string, files: readonly string[]): string {
  let root = path.dirname(path.resolve(cwd, files[0] as string));
  for (const file of files)
    while (path.relative(root, path.resolve(cwd, file)).startsWith('..')) root = path.dirname(root);
  return root;
}

function prefixOf(cwd: string, root: string): string {
  const relative = slashed(path.relative(cwd, root));
  return relative === '' ? '' : `${relative}/`;
}

function slashed(file: string): string {
  return path.sep === '/' ? file : file.split(path.sep).join('/');
}

function together(verdicts: readonly Verdict[]): Verdict {
  const suppressed = verdicts.flatMap((verdict) => verdict.suppressed ?? []);
  const checklists = lazily(() => mergedChecklists(verdicts));
  return {
    findings: verdicts.flatMap((verdict) => verdict.findings),
    ...(suppressed.length > 0 ? { suppressed } : {}),
    get checklists() {
      return checklists();
    },
    services: verdicts.flatMap((verdict) => verdict.services),
    files: [...new Set(verdicts.flatMap((verdict) => verdict.files))].sort(),
    unread: verdicts.flatMap((verdict) => verdict.unread),
    get failures() {
      return verdicts.flatMap((verdict) => verdict.failures);
    },
  };
}

// What one project fails, all of them together fail; what one leaves open, nobody has passed.
const weightiest: readonly ItemState[] = ['fail', 'open', 'pass', 'not-applicable'];

/** Each list once, whatever the number of projects. */
function mergedChecklists(verdicts: readonly Verdict[]): ChecklistState[] {
  const [first, ...others] = verdicts.map((verdict) => verdict.checklists);
  return (first ?? []).map((list) => {
    const same = others.flatMap((lists) => lists.filter(({ id }) => id === list.id));
    const item = (one: ChecklistItemState) =>
      mergedItem([one, ...same.flatMap(({ items }) => items.filter(({ id }) => id === one.id))]);
    return { ...list, items: list.items.map(item) };
  });
}

function mergedItem(items: readonly ChecklistItemState[]): ChecklistItemState {
  const state = weightiest.find((candidate) => items.some((item) => item.state === candidate));
  const telling = items.filter((item) => item.state === state);
  const evidence = [...new Set(telling.map((item) => item.evidence))].join('; ');
  return { ...(telling[0] as ChecklistItemState), evidence, at: [...new Set(telling.flatMap(({ at }) => at))] };
}
