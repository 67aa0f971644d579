import { hardCodedSecret } from '../knowledge/hard-coded-secret.ts';
import { secretName } from '../knowledge/secret-names.ts';
import { credentialsInUrl } from '../knowledge/url-credentials.ts';
import { gitIgnored } from '../model/git-ignored.ts';
import type { Project } from '../model/project.ts';
import type { EnvironmentVariable, Service } from '../model/service.ts';
import { isFromTutorial, writtenSecret, writtenValue } from './written-values.ts';

/** How a password that everybody tries first came to a service. */
export interface WeakPassword {
  readonly by: 'itself' | 'fallback' | 'tutorial' | 'file';
  /** The env file it stands in. */
  readonly file?: string;
  /** Whether that file is kept out of the repository. */
  readonly ignored?: 'yes' | 'no' | 'unknown';
}

/** Made to be committed, with values to be replaced. */
const sample = /[._-](?:example|sample|template|dist|defaults?|tpl|schema|test|ci)(?:\.|$)/i;

export function weakPassword(
  variable: EnvironmentVariable,
  service: Service,
  project: Project,
): WeakPassword | undefined {
  if (variable.from === 'dockerfile') return undefined;
  if (variable.from === 'env_file') return inFile(variable, variable.span.file, project);
  const written = writtenValue(variable, project) ?? '';
  if (credentialsInUrl(written)?.weak === true) return { by: 'itself' };
  const isFallback = variable.template !== undefined;
  if (writtenSecret(variable, project)?.weak || repeatsUser(variable, service, project))
    return { by: isFallback ? 'fallback' : 'itself' };
  if (isFromTutorial(variable, project)) return { by: isFallback ? 'fallback' : 'tutorial' };
  const name = /^\$(?:\{(\w{1,200})(?::?[-?][^${}]{0,400})?\}|(\w{1,200})$)/.exec(written.trim());
  const file = name && envFileWith(name[1] ?? name[2] ?? '', project);
  return file === undefined || file === null ? undefined : inFile(variable, file, project);
}

/** The user's name, or the database's, once more: `POSTGRES_USER: shop` beside `POSTGRES_PASSWORD: shop`. */
export function repeatsUser(variable: EnvironmentVariable, service: Service, project: Project): boolean {
  const written = writtenValue(variable, project)?.trim() ?? '';
  const value = /^\$\{\w{1,200}:?-([^${}]{1,100})\}$/.exec(written)?.[1] ?? written;
  if (value.length < 3 || value.includes('$') || secretName(variable.name) !== 'yes') return false;
  if (!/pass|pwd/i.test(variable.name)) return false;
  return userNames(service).has(value);
}

const users = new WeakMap<Service, ReadonlySet<string>>();

/** Every variable asks. */
function userNames(service: Service): ReadonlySet<string> {
  const known = users.get(service);
  if (known) return known;
  const found = new Set<string>();
  for (const { name, value } of service.environment.values())
    if (/(?:USER|USERNAME|LOGIN|DATABASE|_DB|DB_?NAME)$/i.test(name) && value) found.add(value.trim());
  users.set(service, found);
  return found;
}

function inFile(variable: EnvironmentVariable, file: string, project: Project): WeakPassword | undefined {
  const { name, value } = variable;
  if (value === undefined || sample.test(file) || !hardCodedSecret(name, value)?.weak) return undefined;
  return { by: 'file', file, ignored: gitIgnored(project.files, file) };
}

const envFiles = new WeakMap<Project, ReadonlyMap<string, string>>();

/** The `.env` that gives a variable its value; undefined where it came from the caller's environment. */
function envFileWith(name: string, project: Project): string | undefined {
  let files = envFiles.get(project);
  if (!files) {
    const found = new Map<string, string>();
    for (const { path, text } of project.sources.values())
      if (/(?:^|\/)\.env$/.test(path))
        for (const [, variable = ''] of text.matchAll(/^[ \t]*(?:export[ \t]+)?(\w{1,200})[ \t]*=/gm))
          if (!found.has(variable)) found.set(variable, path);
    envFiles.set(project, found);
    files = found;
  }
  return files.get(name);
}
