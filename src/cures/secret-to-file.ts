import { type Change, fixOf, leftBecause, noChange } from '../edit/change.ts';
import { appendAttribute, mergeTopLevel, writtenAttribute, yamlOf } from '../edit/compose.ts';
import { newFile } from '../edit/new-file.ts';
import { removeInYaml, setInYaml } from '../edit/yaml/set-in-yaml.ts';
import type { Value } from '../edit/yaml/value.ts';
import type { Project } from '../model/project.ts';
import type { EnvironmentVariable, Service } from '../model/service.ts';
import { joinPath } from '../read/paths.ts';
import type { Cure } from '../vocabulary/fix.ts';
import { ignoreInGit } from './git-ignore.ts';
import { readOnlyRoot } from './read-only-root.ts';

/**
 * A secret out of the environment, where `docker inspect`, child processes and crash reports show it, into a file that
 * the image reads by `NAME_FILE` (https://docs.docker.com/compose/how-tos/use-secrets/). A value that stands in the
 * Compose file moves to `secrets/`; one that comes from a variable is taken from that variable
 * (`environment:` of a secret, Compose 2.6).
 */
export function secretToFile(service: Service, project: Project, variable: EnvironmentVariable): Cure {
  const { name } = variable;
  if (service.image.facts?.secretFileEnv?.includes(`${name}_FILE`) !== true)
    return leftBecause('its image is not known to read it from a file: that is for the program to learn');
  // The file is its owner's alone, and somebody else would be asked to read it.
  if (service.privilege === 'non-root' && variable.template === undefined)
    return leftBecause('its user could not read a file that only you may read: choose its owner and mode');
  const user = userOf(name, service);
  if (user !== undefined) return leftBecause(`${user} uses ${name}, and would find it empty`);
  const secret = name.toLowerCase();
  if (project.compose?.secrets.has(secret)) return leftBecause(`there is a secret "${secret}" already`);
  const source = sourceOf(variable, project);
  if ('left' in source) return source;
  // Both add to the end of the service, so that only one of them is made in a round; where a list of secrets is there
  // already, nothing else would keep them apart.
  const becomesReadOnly = service.secrets.length > 0 && !('left' in readOnlyRoot(service, project));
  if (source.isCopied && (service.readOnly?.value === true || becomesReadOnly))
    return leftBecause(
      'a secret from a variable is copied into the container, which a read-only root refuses: put it in a file',
    );
  return fixOf(
    {
      title: `Read ${name} from a file`,
      safety: 'review',
      provedBy: 'secrets-stay-secret',
      note: source.note,
    },
    renamed(service, project, variable, `/run/secrets/${secret}`),
    appendAttribute(project, service, 'secrets', secret),
    mergeTopLevel(project, service, ['secrets'], { [secret]: source.definition }),
    source.files,
  );
}

interface Source {
  /** Compose copies it into the container; a file it mounts. */
  readonly isCopied: boolean;
  readonly definition: Value;
  readonly files: Change;
  readonly note: string;
}

function sourceOf(
  { name, value, template }: EnvironmentVariable,
  project: Project,
): Source | { readonly left: string } {
  // A variable that nothing sets, and that must be set, stands there as it was written.
  const written = template ?? (value?.includes('$') ? value : undefined);
  if (written !== undefined) {
    const from = /^\$\{?(\w+)(?::?\?[^}]*)?\}?$/.exec(written)?.[1];
    return from === undefined
      ? leftBecause('its value is put together from variables, or has a default that stands in the file')
      : {
          isCopied: true,
          definition: { environment: from },
          files: noChange,
          note: `Compose takes it from ${from}, as before`,
        };
  }
  if (value === undefined || value === '')
    return leftBecause('its value comes from the environment that Compose is called in');
  const directory = project.compose?.directory ?? '.';
  const file = joinPath(directory, `secrets/${name.toLowerCase()}.txt`);
  if (project.files.kind(file) !== 'missing') return leftBecause(`there is a file ${file} already`);
  return {
    isCopied: false,
    definition: { file: `./secrets/${name.toLowerCase()}.txt` },
    // No line end: some images take it for a part of the secret.
    files: { edits: [newFile(file, value), ...ignoreInGit(project, directory, '/secrets/', file)], sets: [] },
    note: 'whoever could read the repository knows it: change it',
  };
}

/** `NAME: value` becomes `NAME_FILE: /run/secrets/name` where it stands, as a mapping or as a list. */
function renamed(service: Service, project: Project, variable: EnvironmentVariable, path: string): Change {
  const unclear = leftBecause('its environment is written in an anchor or another file');
  const environment = writtenAttribute(project, service, 'environment');
  const file = yamlOf(project, variable.span.file);
  const sets = [`services.${service.name}.environment`];
  if (!file || !environment || environment.span.file !== variable.span.file) return unclear;
  if (environment.kind === 'map') {
    const entry = environment.entries.get(variable.name);
    if (!entry || entry.keySpan.start < environment.span.start || entry.value.alias) return unclear;
    const base = ['services', service.name, 'environment'];
    const added = setInYaml(file, [...base, `${variable.name}_FILE`], path);
    const taken = environment.entries.size === 1 ? undefined : removeInYaml(file, [...base, variable.name]);
    if (file.text.slice(entry.keySpan.end, entry.value.span.start).trim() === ':')
      return {
        edits: [
          { span: entry.keySpan, text: `${variable.name}_FILE` },
          { span: entry.value.span, text: path },
        ],
        sets,
      };
    if ('left' in added || !taken || 'left' in taken) return unclear;
    return { edits: [...added, ...taken], sets };
  }
  if (environment.kind !== 'list') return unclear;
  const item = environment.items.find(
    (one) => one.kind === 'scalar' && String(one.value).startsWith(`${variable.name}=`) && !one.alias,
  );
  if (item?.kind !== 'scalar') return unclear;
  const quote = item.style === 'single' ? "'" : item.style === 'double' ? '"' : '';
  return { edits: [{ span: item.span, text: `${quote}${variable.name}_FILE=${path}${quote}` }], sets };
}

/** What else in the container reads the variable. */
function userOf(name: string, service: Service): string | undefined {
  const mentions = new RegExp(`\\$\\{?${name}\\b`);
  const test = service.healthcheck.kind === 'test' ? service.healthcheck.test.words : [];
  if (test.some(({ text }) => mentions.test(text))) return 'its health check';
  if (service.process.commands.some(({ words }) => words.some(({ text }) => mentions.test(text)))) return 'its command';
  return undefined;
}
