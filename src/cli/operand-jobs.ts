import fs from 'node:fs';
import path from 'node:path';
import { configurationNames } from '../judge/config/find-configuration.ts';
import { type FoundProject, findProjects } from '../model/find-projects.ts';
import { kindByContent } from '../model/lone-file.ts';
import type { Project } from '../model/project.ts';
import { type ProjectOptions, readProject } from '../model/read-project.ts';
import { diskFiles } from '../read/files-disk.ts';
import { memoryFiles } from '../read/files-memory.ts';
import { SeaworthyError } from '../vocabulary/error.ts';
import { type Call, oneText, texts } from './command.ts';

/** A project, or a part of one, to be read and judged by itself. */
export interface Job extends FoundProject {
  /** From the current directory to the root of `files`. */
  readonly prefix: string;
}

/** What the operands name: each project below a directory, each file. */
export function jobsOf(call: Pick<Call, 'cwd' | 'operands' | 'values' | 'readStdin'>): Job[] {
  return placesOf(call).flatMap(({ files, options, prefix }) => {
    const again = files.root === '' ? undefined : () => diskFiles(files.root);
    return findProjects(files, options, configurationNames, again).map((found) => ({ ...found, prefix }));
  });
}

/** Reads what a job is about; refuses a place where there is nothing to look at. */
export function projectOf({ files, options, loaded }: Job): Project {
  const project = readProject(files, options, loaded);
  if (project.sources.size === 0 && project.unread.length === 0 && project.faults.length === 0)
    throw new SeaworthyError(
      'no-project',
      `There is no Dockerfile and no Compose file in ${files.root || 'what was given'}`,
      { hint: 'Name a directory, a Dockerfile or a Compose file: seaworthy check PATH' },
    );
  return project;
}

/** The places as they were named, a directory as one. */
function placesOf(call: Parameters<typeof jobsOf>[0]): Job[] {
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

function commonOptions(call: Pick<Call, 'values'>): ProjectOptions {
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
