import { fixOf, leftBecause } from '../edit/change.ts';
import { quotedInJson, wordsAsJson } from '../edit/dockerfile-json.ts';
import type { Stage, Step } from '../model/dockerfile/dockerfile.ts';
import { copiedText } from '../model/entry-script.ts';
import { imageOfStage } from '../model/image/image-of.ts';
import { programOf } from '../model/image/programs.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { Cure } from '../vocabulary/fix.ts';
import { isOfTheShell, isPlain, outermost } from './plain-command.ts';

/**
 * `CMD node server.js` as `CMD ["node", "server.js"]`, with the very arguments the shell would give. What only a shell
 * understands keeps one, which gives its place to the app: `CMD ["sh", "-c", "exec node $FILE"]`.
 */
export function execForm(step: Step, project: Project): Cure {
  const { instruction } = step;
  const { body, keyword } = instruction;
  if (instruction.heredocs.length > 0 || !step.certain) return leftBecause('its shell text could not be read whole');
  const services = project.services.filter(({ image }) => image.stage && isSameChain(image.stage, step.stage));
  const obstacle = keyword === 'CMD' ? entrypointInTheWay(step.stage) : undefined;
  if (obstacle !== undefined) return leftBecause(obstacle);
  const outer = outermost(step.commands);
  const last = outer.at(-1);
  if (!last || /&\s*$/.test(body.text)) return leftBecause('nothing stays in the foreground that could take its place');
  const name = programOf(last).name;
  const first = last.words[0]?.text ?? '';
  if (isOfTheShell(first)) return leftBecause(`${first} is a command of the shell itself`);
  const plain = outer.length === 1 && isPlain(last, body.text);
  const isHandedOn = keyword === 'CMD' && isJudgedByEntrypoint(step.stage);
  // To the shell form further arguments are nothing; to the exec form they are the program's.
  const takesMore = keyword === 'ENTRYPOINT' && services.some(({ process }) => process.command?.value !== undefined);
  if (plain && !takesMore) {
    const script = services.map((service) => scriptText(service, project, first)).find((text) => text !== undefined);
    // The shell runs a script without a shebang; the kernel does not.
    if (script !== undefined && !script.startsWith('#!'))
      return leftBecause(`${first} has no shebang (#!/bin/sh), so only a shell can start it`);
    const isProgram =
      script !== undefined ||
      (!first.includes('/') && !first.endsWith('.sh') && (programs.test(first) || hasProgram(step.stage, first)));
    const edits = wordsAsJson(last.words);
    const sure = isProgram && !isHandedOn && entrypointIsKnown(step.stage, keyword);
    return fixOf(
      {
        title: `Start ${name ?? 'it'} without a shell`,
        safety: sure ? 'safe' : 'review',
        provedBy: 'graceful-stop',
        ...(isProgram || isHandedOn ? {} : { note: `${first} needs a shebang line if it is a script` }),
      },
      { edits, sets: [] },
    );
  }
  if (last.within.length > 0 || last.negated || /^\|{1,2}&?$/.test(last.joint ?? '') || last.words.length === 0)
    return leftBecause(
      'its last command is part of a pipe, a loop or a condition, and cannot take the place of the shell',
    );
  if (outer.some(({ words }) => words[0]?.text === 'trap')) return leftBecause('it handles signals by itself (trap)');
  if (outer.length > 1 && /^(?:tail|sleep|cat|ba?sh|sh|wait)$/.test(name ?? ''))
    return leftBecause(`it ends in ${name}, which as PID 1 would not end on SIGTERM either`);
  const from = indexOf(step, last.span.start);
  if (from === undefined) return leftBecause('its shell text could not be read whole');
  // As JSON such a text would be hard to read: there it stays a shell form, as Docker's own example of exec has it
  // (https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example).
  const staysText = /["\\]/.test(body.text) || dockerfileLines(step) > 1;
  const exec = last.assignments.length > 0 ? 'exec env ' : 'exec ';
  return fixOf(
    {
      title: `Let the shell give its place to ${name ?? 'the app'}`,
      safety: outer.length === 1 && !isHandedOn && entrypointIsKnown(step.stage, keyword) ? 'safe' : 'review',
      provedBy: 'graceful-stop',
    },
    {
      edits: staysText
        ? [{ span: body.span(from, from), text: exec }]
        : quotedInJson(body, { before: ['sh', '-c'], insert: { at: from, text: exec } }),
      sets: [],
    },
  );
}

/** Programs that are never scripts without a shebang. */
const programs =
  /^(?:node|nodejs|npm|npx|yarn|pnpm|bun|deno|python[\d.]*|gunicorn|uvicorn|celery|flask|java|dotnet|ruby|bundle|rails|rake|puma|php|php-fpm[\d.]*|perl|nginx|apache2|apache2ctl|apachectl|httpd|mysqld|mysqld_safe|mongod|redis-server|postgres|memcached|sshd|supervisord|cron|crond|bash|sh|ash|zsh|tail|sleep|cat|echo|ls|env|tini|dumb-init|gosu|su-exec|mvn|gradle|go|cargo|make|git|curl|wget)$/;

/** What stands between Docker and CMD: a script or init of known manners lets CMD run. */
function entrypointInTheWay(stage: Stage): string | undefined {
  const line = imageOfStage(stage).entrypoint?.value;
  if (!line) return undefined;
  if (line.form === 'shell') return 'its ENTRYPOINT in shell form never looks at it';
  const [first] = line.words;
  return /entrypoint|\.sh$|tini|dumb-init|gosu|su-exec|\/init$/.test(first?.text ?? '')
    ? undefined
    : `its ENTRYPOINT (${first?.text}) takes it for arguments, and only you know which were meant`;
}

/** The scripts of official language images run whatever begins with no dash (`exec "$@"`); others may look at its name. */
function isJudgedByEntrypoint(stage: Stage): boolean {
  const { entrypoint, facts } = imageOfStage(stage);
  return entrypoint?.value !== undefined && !(entrypoint.from.kind === 'base-image' && facts?.kind === 'language');
}

function entrypointIsKnown(stage: Stage, keyword: string): boolean {
  return keyword === 'ENTRYPOINT' || imageOfStage(stage).entrypoint !== undefined;
}

function hasProgram(stage: Stage, name: string): boolean {
  return imageOfStage(stage).software.has(name).presence === 'yes';
}

function isSameChain(final: Stage, stage: Stage): boolean {
  for (let at: Stage | undefined = final; at; at = at.from.stage)
    if (at.dockerfile.file === stage.dockerfile.file && at.index === stage.index) return true;
  return false;
}

function scriptText(service: Service, project: Project, word: string): string | undefined {
  const directory = service.workdir?.value ?? '';
  const path = word.startsWith('/') ? word : `${directory === '/' ? '' : directory}/${word.replace(/^(?:\.\/)+/, '')}`;
  return word.includes('/') ? copiedText(service, project, path)?.text : undefined;
}

/** Where in the joined text the character of this offset is. */
function indexOf({ instruction: { body } }: Step, offset: number): number | undefined {
  for (let index = 0; index < body.text.length; index++) if (body.at(index) === offset) return index;
  return undefined;
}

function dockerfileLines({ instruction: { span }, stage }: Step): number {
  return stage.dockerfile.tree.text.slice(span.start, span.end).trimEnd().split('\n').length;
}
