import type { Span } from '../../vocabulary/span.ts';
import { Code, endsWord, isDigit, isNameCode } from './chars.ts';
import { closingWords, keywordAt } from './keywords.ts';
import type { Assignment, Joint, Redirect, ShellCommand, ShellWord } from './tree.ts';
import { noVariables } from './word-buffer.ts';
import { WordReader } from './word-reader.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface PendingHeredoc {
  readonly redirect: Mutable<Redirect>;
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
}

/** What a command takes over from the list it stands in. */
export interface Place {
  readonly joint: Joint | undefined;
  readonly pipeline: number;
  readonly negated: boolean;
}

const noAssignments: readonly Assignment[] = [];
const noRedirects: readonly Redirect[] = [];

/** Reads simple commands: assignments, words, redirections, heredocs. */
export abstract class CommandReader extends WordReader {
  #pending: PendingHeredoc[] = [];

  /** Reads what must follow `name ()`. */
  protected abstract readFunctionBody(): void;

  /** Reads the simple command that begins here. */
  protected readSimple(place: Place): void {
    const { commands } = this.reading;
    const slot = commands.push(undefined) - 1;
    const start = this.pos;
    let end = start;
    let assignments: Assignment[] | undefined;
    let redirects: Redirect[] | undefined;
    const words: ShellWord[] = [];
    for (;;) {
      this.skipBlanks();
      const code = this.code(this.pos);
      if (code === -1 || code === Code.hash) break;
      if (this.#atRedirect(code)) {
        redirects ??= [];
        redirects.push(this.readRedirect());
      } else if (!this.atWord()) {
        if (code !== Code.open) break;
        if (
          words.length === 1 &&
          slot === commands.length - 1 &&
          !redirects &&
          !assignments &&
          this.#passEmptyParentheses()
        ) {
          commands.pop();
          this.readFunctionBody();
          return;
        }
        this.doubt();
        if (this.pos === start) this.pos++;
        break;
      } else {
        const assignment = words.length === 0 ? this.#readAssignment() : undefined;
        if (assignment) {
          assignments ??= [];
          assignments.push(assignment);
        } else {
          words.push(this.readWord());
        }
      }
      end = this.pos;
    }
    if (end === start) {
      this.doubt();
      if (slot === commands.length - 1) commands.pop();
      return;
    }
    const first = words[0];
    commands[slot] = {
      name: first === undefined ? undefined : nameOf(first),
      words,
      assignments: assignments ?? noAssignments,
      redirects: redirects ?? noRedirects,
      span: this.where(start, end),
      joint: place.joint,
      pipeline: place.pipeline,
      within: this.within,
      negated: place.negated,
    };
  }

  /** Redirections after a compound command: they belong to all of it, and stand as a command of no words. */
  protected readCompoundRedirects(place: Place): void {
    this.skipBlanks();
    if (!this.#atRedirect(this.code(this.pos))) return;
    const start = this.pos;
    let end = start;
    const redirects: Redirect[] = [];
    const slot = this.reading.commands.push(undefined) - 1;
    for (; this.#atRedirect(this.code(this.pos)); this.skipBlanks()) {
      redirects.push(this.readRedirect());
      end = this.pos;
    }
    this.reading.commands[slot] = this.commandOf([], redirects, this.where(start, end), place);
  }

  protected commandOf(
    words: readonly ShellWord[],
    redirects: readonly Redirect[],
    span: Span,
    place: Place,
  ): ShellCommand {
    const name = words[0] && nameOf(words[0]);
    return { name, words, assignments: noAssignments, redirects, span, ...place, within: this.within };
  }

  /** A word of an operator's characters, as `[[ … ]]` has them. */
  protected operatorWord(length: number): ShellWord {
    const start = this.pos;
    this.pos += length;
    const span = this.where(start, this.pos);
    return { text: this.text.slice(start, this.pos), literal: true, variables: noVariables, quoted: false, span };
  }

  #passEmptyParentheses(): boolean {
    let at = this.pos + 1;
    while (this.code(at) === Code.space || this.code(at) === Code.tab) at++;
    if (this.code(at) !== Code.close) return false;
    this.pos = at + 1;
    return true;
  }

  #readAssignment(): Assignment | undefined {
    const start = this.pos;
    let at = start;
    if (isDigit(this.code(at))) return undefined;
    while (isNameCode(this.code(at))) at++;
    if (at === start) return undefined;
    const name = this.text.slice(start, at);
    if (this.code(at) === Code.openBracket) {
      while (this.code(at) !== Code.closeBracket) {
        if (at >= this.end || endsWord(this.code(at))) return undefined;
        at++;
      }
      at++;
    }
    if (this.code(at) === Code.plus) at++;
    if (this.code(at) !== Code.equals) return undefined;
    this.pos = at + 1;
    const isArray = this.code(this.pos) === Code.open;
    const value = isArray ? this.readArrayValue() : this.atWord() ? this.readWord() : undefined;
    return { name, value, span: this.where(start, this.pos) };
  }

  /** `>`, `2>`, `{fd}>`, `&>`; a process substitution is a word. */
  #atRedirect(code: number): boolean {
    let at = this.pos;
    if (code === Code.ampersand) return this.code(at + 1) === Code.greater;
    if (isDigit(code)) {
      while (isDigit(this.code(at))) at++;
      return this.code(at) === Code.less || this.code(at) === Code.greater;
    }
    if (code === Code.openBrace) {
      at = this.#afterBracedName();
      return at !== -1;
    }
    return (code === Code.less || code === Code.greater) && this.code(at + 1) !== Code.open;
  }

  /** The offset after `{name}` where `<` or `>` follows at once; else -1. */
  #afterBracedName(): number {
    let at = this.pos + 1;
    while (isNameCode(this.code(at))) at++;
    const next = this.code(at + 1);
    const named =
      at > this.pos + 1 && this.code(at) === Code.closeBrace && (next === Code.less || next === Code.greater);
    return named ? at + 1 : -1;
  }

  protected readRedirect(): Redirect {
    const { text } = this;
    const start = this.pos;
    if (this.code(this.pos) === Code.openBrace) this.pos = this.#afterBracedName();
    while (isDigit(this.code(this.pos))) this.pos++;
    const sign = operators.find((operator) => text.startsWith(operator, this.pos)) ?? '>';
    this.pos = Math.min(this.pos + sign.length, this.end);
    if (sign === '>&' || sign === '<&') {
      // `2>&1` and `2>&-` are one operator to a reader; `>&$fd` and `>&file` have a target.
      let at = this.pos;
      while (isDigit(this.code(at))) at++;
      if (this.code(at) === Code.minus) at++;
      if (at > this.pos && (at >= this.end || endsWord(this.code(at)))) {
        this.pos = at;
        return { operator: text.slice(start, at), target: undefined, span: this.where(start, at) };
      }
    }
    const operator = text.slice(start, this.pos);
    this.skipBlanks();
    if (!this.atWord()) {
      this.doubt();
      return { operator, target: undefined, span: this.where(start, this.pos) };
    }
    const wordStart = this.pos;
    const target = this.readWord();
    const redirect = { operator, target, span: this.where(start, this.pos) };
    if (sign !== '<<' && sign !== '<<-') return redirect;
    return this.#heredoc(redirect, target.text, target.text === text.slice(wordStart, this.pos), sign === '<<-');
  }

  #heredoc(redirect: Mutable<Redirect>, name: string, expand: boolean, chomp: boolean): Redirect {
    const body = this.#suppliedBody(name);
    const withBody: Mutable<Redirect> = { ...redirect, body: body ?? '' };
    if (body === undefined) this.#pending.push({ redirect: withBody, name, expand, chomp });
    return withBody;
  }

  /** The Dockerfile's reader and this one may differ on what is a heredoc, so a few may be passed over. */
  #suppliedBody(name: string): string | undefined {
    const { heredocs, nextHeredoc } = this.reading;
    for (let at = nextHeredoc; at < Math.min(nextHeredoc + 8, heredocs.length); at++) {
      if (heredocs[at]?.name !== name) continue;
      this.reading.nextHeredoc = at + 1;
      return heredocs[at]?.body;
    }
    return undefined;
  }

  protected skipBlanks(): void {
    for (;;) {
      const code = this.code(this.pos);
      if (code === Code.space || code === Code.tab) this.pos++;
      else if (code === Code.backslash && this.code(this.pos + 1) === Code.newline) this.pos += 2;
      else return;
    }
  }

  protected skipComment(): void {
    if (this.code(this.pos) !== Code.hash) return;
    // Not by indexOf, which would search past the end of the range: many short ranges would make that quadratic.
    while (this.pos < this.end && this.text.charCodeAt(this.pos) !== Code.newline) this.pos++;
  }

  /** Passes a newline, and the bodies of the heredocs that wait for it. */
  protected passNewline(): void {
    this.pos++;
    if (this.#pending.length === 0) return;
    const waiting = this.#pending;
    this.#pending = [];
    for (const heredoc of waiting) this.#readBody(heredoc);
  }

  /** Blanks, newlines and comments. */
  protected override skipBlankLines(): void {
    for (;;) {
      this.skipBlanks();
      this.skipComment();
      if (this.code(this.pos) !== Code.newline) return;
      this.passNewline();
    }
  }

  #readBody(heredoc: PendingHeredoc): void {
    const { text } = this;
    const start = this.pos;
    let line = start;
    const lines: string[] = [];
    for (;;) {
      if (line >= this.end) {
        this.doubt();
        break;
      }
      const newline = text.indexOf('\n', line);
      const end = newline === -1 || newline >= this.end ? this.end : newline;
      let first = line;
      while (heredoc.chomp && first < end && text.charCodeAt(first) === Code.tab) first++;
      this.pos = Math.min(end + 1, this.end);
      if (end - first === heredoc.name.length && text.startsWith(heredoc.name, first)) break;
      if (heredoc.chomp) lines.push(text.slice(first, this.pos));
      line = this.pos;
    }
    heredoc.redirect.body = heredoc.chomp ? lines.join('') : text.slice(start, line);
    if (heredoc.expand) this.readBodyExpansions(start, line);
  }

  /** At the end of the text: heredocs still waiting have no body here. */
  protected endHeredocs(): void {
    if (this.#pending.length > 0) this.doubt();
    for (const { redirect } of this.#pending) delete redirect.body;
    this.#pending = [];
  }

  /** A closing word or character that no list can begin with; what it is, or undefined. */
  protected closerAt(): string | undefined {
    const code = this.code(this.pos);
    if (code === Code.close) return ')';
    if (code === Code.semicolon) {
      const next = this.code(this.pos + 1);
      return next === Code.semicolon || next === Code.ampersand ? ';;' : undefined;
    }
    const keyword = keywordAt(this.text, this.pos, this.end);
    return keyword !== undefined && closingWords.has(keyword) ? keyword : undefined;
  }
}

/** Longest first: the first that fits is the one the shell reads. */
const operators = ['<<<', '<<-', '<<', '<&', '<>', '<', '>>', '>&', '>|', '>', '&>>', '&>'];

function nameOf(word: ShellWord): string | undefined {
  if (!word.literal) return undefined;
  return word.text.slice(word.text.lastIndexOf('/') + 1) || undefined;
}
