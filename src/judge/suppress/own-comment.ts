import { isDay } from '../config/fields.ts';
import type { Directive } from './directive.ts';

const form = 'it is written "seaworthy ignore: RULE -- REASON"';

/**
 * `seaworthy ignore: compose/unbounded-logs, DL3002 -- sidecar rotates them (until 2027-01-31)`, `ignore-file:` for the
 * whole file. The text comes without its `#`. Undefined for any other comment.
 */
export function ownComment(text: string): Directive | undefined {
  const head = /^seaworthy[ \t:]+ignore(-file|-line)?(?![\w-])[ \t]*:?/i.exec(text);
  if (!head) return undefined;
  const owner = 'seaworthy';
  const scope = head[1]?.toLowerCase() === '-file' ? 'file' : 'here';
  const { rest, until, problem } = withoutDate(text.slice(head[0].length));
  const cut = /(?:^|[ \t])(?:--|—)(?=[ \t]|$)/.exec(rest);
  const names = (cut ? rest.slice(0, cut.index) : rest).split(/[,\s]+/).filter((name) => name !== '');
  const reason = cut ? rest.slice(cut.index + cut[0].length).trim() : '';
  const strange = names.find((name) => !/^[\w:./-]+$/.test(name));
  const fault =
    problem ??
    (names.length === 0
      ? `This comment names no rule: ${form}`
      : strange !== undefined
        ? `"${strange.slice(0, 40)}" is no rule's name: ${form}`
        : undefined);
  return {
    owner,
    scope,
    names,
    ...(reason === '' ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
    ...(fault === undefined ? {} : { problem: fault }),
  };
}

function withoutDate(text: string): { rest: string; until?: string; problem?: string } {
  const start = text.search(/\(until\b/i);
  if (start === -1) return { rest: text };
  const close = text.indexOf(')', start);
  const day = text.slice(start + '(until'.length, close === -1 ? undefined : close).trim();
  const rest = `${text.slice(0, start).trimEnd()} ${close === -1 ? '' : text.slice(close + 1).trimStart()}`.trim();
  return isDay(day)
    ? { rest, until: day }
    : { rest, problem: `"${day.slice(0, 40)}" is no day: a suppression ends "(until 2027-01-31)"` };
}
