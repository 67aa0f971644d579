import { edited, fixOf } from '../edit/change.ts';
import { lineEndOf } from '../edit/dockerfile.ts';
import { heredocOf } from '../edit/script.ts';
import type { Step } from '../model/dockerfile/dockerfile.ts';
import type { Cure } from '../vocabulary/fix.ts';

/** `set -e` at the head of a heredoc's script, below a `#!` line. */
export function stopAtFailure(step: Step): Cure | undefined {
  const heredoc = heredocOf(step.instruction);
  if (!heredoc) return undefined;
  const { tree } = step.stage.dockerfile;
  const { bodySpan } = heredoc;
  const body = tree.text.slice(bodySpan.start, bodySpan.end);
  const shebang = /^\s*#!.*\r?\n/.exec(body)?.[0] ?? '';
  const indent = /^[ \t]*(?=\S)/.exec(body.slice(shebang.length))?.[0] ?? '';
  const start = bodySpan.start + shebang.length;
  return fixOf(
    {
      title: 'Stop the script at the first failure',
      safety: 'review',
      note: 'a command that fails today without notice then stops the build',
    },
    edited({ span: { ...bodySpan, start, end: start }, text: `${indent}set -e${lineEndOf(step.stage.dockerfile)}` }),
  );
}
