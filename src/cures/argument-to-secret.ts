import { type Change, fixOf, leftBecause, noChange, together } from '../edit/change.ts';
import { appendAttribute, mergeTopLevel, removeAttribute, removeItems } from '../edit/compose.ts';
import { insertBehind, removeInstruction, replaceSpan } from '../edit/dockerfile.ts';
import type { Dockerfile, Step } from '../model/dockerfile/dockerfile.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Pair } from '../read/dockerfile/tree.ts';
import type { Cure, Edit } from '../vocabulary/fix.ts';

/**
 * A build argument becomes a secret that the build mounts into each line that uses it: it is in no layer and in no
 * history (https://docs.docker.com/build/building/secrets/). The line reads it into the variable that it knows; a shell
 * whose `cat` finds no file goes on with an empty one, as with an argument that nobody gave.
 */
export function argumentToSecret(
  dockerfile: Dockerfile,
  project: Project,
  declared: Step | undefined,
  pair: Pair,
): Cure {
  const name = pair.key;
  if (!declared) return leftBecause('it is declared before FROM, and which stages mean it only you know');
  if ((pair.value ?? '').replace(/["']/g, '') !== '')
    return leftBecause('a value stands here that everybody can read: change it first, it is known');
  if (project.inline.has(dockerfile.file)) return leftBecause('its Dockerfile stands inside the Compose file');
  const users = declared.stage.steps.slice(declared.index + 1).filter((step) => mentions(step, name));
  const other = users.find(({ instruction }) => instruction.keyword !== 'RUN');
  if (other) return leftBecause(`${other.instruction.keyword} uses it too, and keeps it in the image`);
  if (users.length === 0) return leftBecause('no line names it, so what reads it is not known');
  const unclear = users.find(
    ({ instruction, certain }) => !certain || instruction.form === 'exec' || instruction.heredocs.length > 0,
  );
  if (unclear) return leftBecause('one of the lines that use it cannot be read whole');
  const id = name.toLowerCase().replace(/[^a-z0-9_.-]/g, '_');
  const compose = project.services
    .filter(({ compose, build }) => compose && build?.dockerfile?.file === dockerfile.file && build.arguments.has(name))
    .map((service) => handedOver(service, project, name, id));
  return fixOf(
    {
      title: `Mount ${name} as a secret of the build`,
      safety: 'review',
      provedBy: 'secrets-stay-secret',
      note:
        compose.length > 0
          ? 'what a line writes into files with it stays in the image'
          : `build with "--secret id=${id},env=${name}"; what a line writes into files with it stays in the image`,
    },
    { edits: [undeclared(dockerfile, declared, pair), ...users.flatMap((step) => mounted(step, name, id))], sets: [] },
    together(noChange, ...compose),
  );
}

function mentions({ instruction }: Step, name: string): boolean {
  return new RegExp(`\\$(?:${name}\\b|\\{${name}\\b)`).test(instruction.body.text);
}

function undeclared(dockerfile: Dockerfile, { instruction }: Step, { span }: Pair): Edit {
  if (instruction.pairs.length === 1) return removeInstruction(dockerfile, instruction);
  const { text } = dockerfile.tree;
  const before = /[ \t]*$/.exec(text.slice(0, span.start))?.[0].length ?? 0;
  return replaceSpan({ ...span, start: span.start - before }, '');
}

function mounted({ instruction, stage, user }: Step, name: string, id: string): Edit[] {
  const [body] = instruction.words;
  if (!body) return [];
  const { text, escape: mark } = stage.dockerfile.tree;
  const eol = /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
  // Secrets belong to root and are for nobody else, unless it is said.
  const mode = user && !/^(?:root|0)(?::|$)/.test(user.value) ? ',mode=0444' : '';
  const indent = /\n([ \t]+)\S/.exec(text.slice(instruction.span.start, instruction.span.end))?.[1] ?? '  ';
  const reads = `export ${name}="$(cat /run/secrets/${id})"`;
  const trails = /&&[ \t]*[\\`]\r?\n/.test(text.slice(instruction.span.start, instruction.span.end));
  const lines = trails
    ? [mark, `${indent}${reads} && ${mark}`, indent]
    : [mark, `${indent}${reads} ${mark}`, `${indent}&& `];
  return [
    insertBehind({ span: instruction.keywordSpan }, ` --mount=type=secret,id=${id}${mode}`),
    { span: { ...body.span, end: body.span.start }, text: lines.join(eol) },
  ];
}

/** Compose hands over a variable of its own environment, as it did for the argument. */
function handedOver(service: Service, project: Project, name: string, id: string): Change {
  const given = service.build?.arguments.get(name);
  const source = given && project.sources.get(given.span.file)?.text.slice(given.span.start, given.span.end);
  const variable =
    /^["']?(?:\w+=)?\$\{?(\w+)\}?["']?$/.exec(source ?? '')?.[1] ?? (given?.value === undefined ? name : undefined);
  if (variable === undefined) return leftBecause(`"${service.name}" hands it over with a value of its own`);
  if (project.compose?.secrets.has(id)) return leftBecause(`there is a secret "${id}" already`);
  const node = service.attribute('build.args');
  const isOnly = service.build?.arguments.size === 1;
  return together(
    isOnly
      ? removeAttribute(project, service, 'build.args')
      : node?.kind === 'list'
        ? removeItems(
            project,
            service,
            'build.args',
            (item) => item.kind === 'scalar' && new RegExp(`^${name}(?:=|$)`).test(String(item.value)),
          )
        : removeAttribute(project, service, `build.args.${name}`),
    appendAttribute(project, service, 'build.secrets', id),
    mergeTopLevel(project, service, ['secrets'], { [id]: { environment: variable } }),
  );
}
