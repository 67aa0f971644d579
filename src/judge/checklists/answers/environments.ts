import { parseImageReference } from '../../../knowledge/image-reference.ts';
import { loadComposeProject } from '../../../model/compose/load.ts';
import { child, text } from '../../../model/compose/tree-access.ts';
import { joinPath } from '../../../read/paths.ts';
import { listed } from '../../../rules/in-words.ts';
import type { Span } from '../../../vocabulary/span.ts';
import { type Answer, fails, notAsked, passes, staysOpen } from './answer.ts';
import { composed, type Look, lineAt } from './look.ts';
import { explanations } from './papers.ts';

/** Set by Compose or by the shell, not by whoever runs the project. */
const given = /^(?:COMPOSE_\w+|DOCKER_\w+|PWD|HOME|USER|UID|GID|HOSTNAME|PATH|SHELL|TZ)$/;

/** Each variable that the Compose file takes from outside is explained. */
export function documentedVariables(look: Look): Answer {
  const { compose } = look.project;
  if (!compose) return notAsked('there is no Compose file');
  const used = new Map<string, Span>();
  for (const { variables, span } of compose.interpolations)
    for (const name of variables) if (!used.has(name)) used.set(name, span);
  for (const service of composed(look))
    for (const { name, value, keySpan, from } of service.environment.values())
      if (value === undefined && from === 'compose' && !used.has(name)) used.set(name, keySpan);
  const asked = [...used].filter(([name]) => !given.test(name));
  if (asked.length === 0) return notAsked('no variable is taken from outside');
  const papers = explanations(look);
  const words = new Set(papers.flatMap(({ text: paper }) => paper.match(/[A-Za-z_]\w*/g) ?? []));
  const silent = asked.filter(([name]) => !words.has(name));
  const at = silent.map(([, span]) => lineAt(look, span)).filter((line) => line !== undefined);
  if (silent.length > 0)
    return fails(
      `${listed(
        silent.map(([name]) => name),
        6,
      )} ${silent.length === 1 ? 'stands' : 'stand'} in no example env file and no README`,
      [...new Set(at)],
    );
  return passes(
    `${listed(
      asked.map(([name]) => name),
      6,
    )} ${asked.length === 1 ? 'is' : 'are'} explained in ${listed(papers.map(({ path }) => path))}`,
    papers.map(({ path }) => `${path}:1`),
  );
}

const composeFile = /^(?:docker-)?compose(?:[._-][\w.-]+)?\.ya?ml$/i;
const mostFiles = 12;

/** Files for other environments run the same images of the same versions. */
export function parity(look: Look): Answer {
  const { compose, files } = look.project;
  if (!compose) return notAsked('there is no Compose file');
  const main = compose.files[0];
  const beside = files
    .list(compose.directory)
    .filter(({ name, kind }) => kind === 'file' && composeFile.test(name))
    .map(({ name }) => joinPath(compose.directory, name));
  const others = [...new Set([...compose.files, ...beside])].filter((path) => path !== main).slice(0, mostFiles);
  if (main === undefined || others.length === 0)
    return staysOpen('there is one set of files; how other environments are made, a person must say');
  const first = imagesOf(look, main);
  for (const path of others) {
    for (const [service, { image, span }] of imagesOf(look, path)) {
      const known = first.get(service);
      if (!known || same(known.image, image)) continue;
      return fails(
        `${service} runs ${known.image} in ${main} and ${image} in ${path}`,
        [known.span, span].flatMap((one) => placeIn(look, one)),
      );
    }
  }
  return passes(`${listed(others, 4)} ${others.length === 1 ? 'changes' : 'change'} no image of ${main}`, [
    `${main}:1`,
  ]);
}

/** What one file alone says; the rest of it is somebody else's question. */
function imagesOf(look: Look, path: string): Map<string, { image: string; span: Span }> {
  const { compose, files } = look.project;
  const alone = loadComposeProject(files, {
    files: [path],
    ...(compose ? { directory: compose.directory, env: Object.fromEntries(compose.environment) } : {}),
    allProfiles: true,
    skip: {
      validation: true,
      consistency: true,
      normalization: true,
      include: true,
      extends: true,
      envFiles: true,
      defaults: true,
    },
  });
  const found = new Map<string, { image: string; span: Span }>();
  for (const [name, service] of alone.services) {
    const node = child(service, 'image');
    const image = text(node);
    if (node && image !== undefined) found.set(name, { image, span: node.span });
  }
  return found;
}

function same(first: string, second: string): boolean {
  const [one, other] = [parseImageReference(first), parseImageReference(second)];
  return first === second || (one !== undefined && one.name === other?.name && one.tag === other.tag);
}

/** Sources of files that are not part of the model have no line table here. */
function placeIn(look: Look, span: Span): string[] {
  const known = lineAt(look, span);
  if (known) return [known];
  const outcome = look.project.files.read(span.file);
  return outcome.ok ? [`${span.file}:${outcome.text.slice(0, span.start).split('\n').length}`] : [];
}
