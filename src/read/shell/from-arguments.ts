import { cover, type Span } from '../../vocabulary/span.ts';
import type { ShellCommand, ShellWord } from './tree.ts';
import { noVariables } from './word-buffer.ts';

/**
 * The command that an exec form runs (`CMD ["nginx", "-g", "daemon off;"]`): no shell reads it, so every word is
 * literal, `$HOME` included. `whole` is the place to point at; without it, from the first argument to the last.
 */
export function commandFromArguments(
  args: readonly { readonly text: string; readonly span: Span }[],
  whole?: Span,
): ShellCommand {
  const words: ShellWord[] = args.map(({ text, span }) => ({
    text,
    literal: true,
    variables: noVariables,
    quoted: true,
    span,
  }));
  const [first] = words;
  const last = words.at(-1);
  const covered = first && last ? cover(first.span, last.span) : { file: '', start: 0, end: 0 };
  return {
    name: first && (first.text.slice(first.text.lastIndexOf('/') + 1) || undefined),
    words,
    assignments: [],
    redirects: [],
    span: whole ?? covered,
    joint: undefined,
    pipeline: 0,
    within: [],
    negated: false,
  };
}
