import type { Project } from '../../model/project.ts';
import type { Files } from '../../read/files.ts';
import { dirName, joinPath, leavesRoot } from '../../read/paths.ts';
import { SourceText } from '../../read/text.ts';
import { type Configuration, noConfiguration } from './configuration.ts';
import { hadolintRegistries } from './hadolint-registries.ts';
import { readConfiguration } from './read-configuration.ts';

export const configurationNames = ['seaworthy.yaml', '.seaworthy.yaml'] as const;

/**
 * The nearest configuration from the first Compose file, or else the project's directory, upward to the root; nothing
 * decided where there is none. Where it names no registries, a hadolint configuration in the same places may.
 */
export function findConfiguration(project: Project): Configuration {
  const directories = upward(project.compose?.directory ?? project.directory);
  const found = ownConfiguration(project, directories);
  if (found.registries.length > 0) return found;
  for (const directory of directories) {
    const registries = hadolintRegistries(project.files, directory);
    if (registries.length > 0) return { ...found, registries };
  }
  return found;
}

function ownConfiguration(project: Project, directories: readonly string[]): Configuration {
  for (const directory of directories)
    for (const name of configurationNames) {
      const found = configurationAt(project.files, joinPath(directory, name));
      if (found) return { ...found, directory };
    }
  return noConfiguration;
}

function upward(directory: string): string[] {
  const found = [joinPath('.', directory)];
  for (let at = found[0] ?? '.'; !leavesRoot(at) && at !== '.'; found.push(at)) at = dirName(at);
  return found.includes('.') ? found : [...found, '.'];
}

function configurationAt(files: Files, path: string): Configuration | undefined {
  const outcome = files.read(path);
  if (outcome.ok) return readConfiguration(outcome.text, path);
  if (outcome.reason === 'missing') return undefined;
  const source = new SourceText(path, '');
  const message = `This configuration cannot be read (${outcome.reason})`;
  return { ...noConfiguration, sources: [source], faults: [{ at: source.span(0, 0), message }] };
}
