import { Code, endsWord } from './chars.ts';
import type { Place } from './command-reader.ts';
import { ConditionReader } from './condition-reader.ts';
import type { ExpansionReader, Where } from './expansion-reader.ts';
import { keywordAt, openingWords } from './keywords.ts';
import type { Joint, Nesting } from './tree.ts';

const letterT = 116;

/** Reads lists, pipelines and compound commands (POSIX 2.10, and bash's own). */
export class ScriptReader extends ConditionReader {
  protected override readUntilEnd(): void {
    for (;;) {
      this.#readList();
      if (this.pos >= this.end) break;
      this.#passUnexpected();
    }
  }

  override readAll(): void {
    this.readUntilEnd();
    this.endHeredocs();
  }

  protected override readUntilClose(): void {
    this.#readList();
    while (this.pos < this.end && this.code(this.pos) !== Code.close) {
      this.#passUnexpected();
      this.#readList();
    }
    if (this.pos >= this.end) this.doubt();
    else this.pos++;
  }

  protected override readerOf(text: string, where: Where): ExpansionReader {
    return new ScriptReader(text, where, this.reading, this.within);
  }

  #passUnexpected(): void {
    this.doubt();
    this.pos = Math.min(this.pos + (this.closerAt() ?? ' ').length, this.end);
  }

  /** Reads commands until a closing word or character; returns how many pipelines there were. */
  #readList(): number {
    let joint: Joint | undefined;
    let count = 0;
    for (;;) {
      this.skipBlankLines();
      if (this.pos >= this.end || this.closerAt() !== undefined) {
        // `a &&` with nothing after it.
        if (joint === '&&' || joint === '||') this.doubt();
        return count;
      }
      if (this.#atOperator()) {
        this.doubt();
        this.pos++;
        continue;
      }
      this.#readPipeline(joint);
      count++;
      joint = this.#readJoint();
      if (joint === undefined) return count;
    }
  }

  /** An operator where a command should stand. */
  #atOperator(): boolean {
    const code = this.code(this.pos);
    if (code === Code.ampersand) return this.code(this.pos + 1) !== Code.greater;
    return code === Code.semicolon || code === Code.bar;
  }

  /** Passes what joins the next command to this one; undefined at the end of the list. */
  #readJoint(): Joint | undefined {
    this.skipBlanks();
    this.skipComment();
    const code = this.code(this.pos);
    const next = this.code(this.pos + 1);
    if (code === -1 || this.closerAt() !== undefined) return undefined;
    if (code === Code.newline) {
      this.passNewline();
      return ';';
    }
    if (code === Code.semicolon) {
      this.pos++;
      return ';';
    }
    if (code === Code.ampersand || code === Code.bar) {
      this.pos += next === code ? 2 : 1;
      if (next === code) return code === Code.bar ? '||' : '&&';
      // A lone bar is here only after a bar with nothing behind it.
      return code === Code.bar ? '|' : '&';
    }
    // Two commands with nothing between them.
    this.doubt();
    return ';';
  }

  #readPipeline(first: Joint | undefined): void {
    const pipeline = this.reading.pipelines++;
    const negated = this.#readPrefixes();
    let joint = first;
    for (;;) {
      this.#readCommand({ joint, pipeline, negated });
      this.skipBlanks();
      if (this.code(this.pos) !== Code.bar || this.code(this.pos + 1) === Code.bar) return;
      joint = this.code(this.pos + 1) === Code.ampersand ? '|&' : '|';
      this.pos += joint.length;
      this.skipBlankLines();
      if (this.pos >= this.end || this.closerAt() !== undefined || this.#atOperator()) {
        this.doubt();
        return;
      }
    }
  }

  /** `!`, and `time` before a compound command (before a simple one it is kept as a word of it). */
  #readPrefixes(): boolean {
    let negated = false;
    for (;;) {
      const next = this.code(this.pos + 1);
      if (this.code(this.pos) === Code.bang && (endsWord(next) || next === -1)) {
        negated = !negated;
        this.pos++;
      } else {
        const skipped = this.code(this.pos) === letterT ? this.#timeLength() : 0;
        if (skipped === 0) return negated;
        this.pos = Math.min(this.pos + skipped, this.end);
      }
      this.skipBlanks();
    }
  }

  #timeLength(): number {
    const time = /time[ \t]+(?:-p[ \t]+)?(?=[({!]|(?:if|while|until|for|case|select)[ \t\n])/y;
    time.lastIndex = this.pos;
    return time.exec(this.text)?.[0].length ?? 0;
  }

  #readCommand(place: Place): void {
    const code = this.code(this.pos);
    if (code === Code.open) {
      const isDouble = this.code(this.pos + 1) === Code.open;
      const close = isDouble ? this.findArithmeticEnd(this.pos + 2) : -1;
      if (close === -1) this.#readSubshell();
      else this.readArithmeticCommand(close, place);
      this.readCompoundRedirects(place);
      return;
    }
    const keyword = keywordAt(this.text, this.pos, this.end);
    if (keyword === undefined || !openingWords.has(keyword)) {
      this.readSimple(place);
      return;
    }
    if (keyword === '[[') {
      this.readCondition(place);
    } else if (keyword === 'coproc') {
      this.pos += keyword.length;
      this.#readCoprocess(place);
    } else {
      this.pos += keyword.length;
      this.#readCompound(keyword);
    }
    this.readCompoundRedirects(place);
  }

  #readCompound(keyword: string): void {
    switch (keyword) {
      case 'if':
        this.nest('if', () => this.#readIf());
        return;
      case 'while':
      case 'until':
        this.nest('loop', () => {
          this.#readPart('condition');
          this.#readDo();
        });
        return;
      case 'for':
      case 'select':
        this.nest('loop', () => this.#readFor());
        return;
      case 'case':
        this.nest('case', () => this.#readCase());
        return;
      case 'function':
        this.#readFunction();
        return;
      default:
        this.nest('group', () => this.#readRest('}'));
        return;
    }
  }

  #readSubshell(): void {
    this.pos++;
    this.nest('subshell', () => {
      const before = this.reading.pipelines;
      this.readUntilClose();
      if (this.reading.pipelines === before) this.doubt();
    });
  }

  /** A list that may not be empty. */
  #readPart(kind?: Nesting): void {
    const read = (): void => {
      if (this.#readList() === 0) this.doubt();
    };
    if (kind) this.nest(kind, read);
    else read();
  }

  #readRest(closer: string): void {
    this.#readPart();
    this.#expect(closer);
  }

  #expect(word: string): void {
    this.skipBlankLines();
    if (keywordAt(this.text, this.pos, this.end) === word) this.pos += word.length;
    else this.doubt();
  }

  #readDo(): void {
    this.#expect('do');
    this.#readRest('done');
  }

  #readIf(): void {
    this.#readPart('condition');
    this.#expect('then');
    this.#readPart();
    for (;;) {
      const keyword = keywordAt(this.text, this.pos, this.end);
      if (keyword === 'elif') {
        this.pos += keyword.length;
        this.#readPart('condition');
        this.#expect('then');
        this.#readPart();
      } else if (keyword === 'else') {
        this.pos += keyword.length;
        this.#readPart();
      } else {
        this.#expect('fi');
        return;
      }
    }
  }

  #readFor(): void {
    this.skipBlanks();
    if (this.code(this.pos) === Code.open && this.code(this.pos + 1) === Code.open) {
      const close = this.findArithmeticEnd(this.pos + 2);
      if (close === -1) {
        this.doubt();
        return;
      }
      this.pos += 2;
      this.readExpression(close);
    } else {
      if (!this.atWord()) {
        this.doubt();
        return;
      }
      this.readWord();
      this.skipBlankLines();
      if (this.#atIn()) {
        this.pos += 2;
        for (this.skipBlanks(); this.atWord() && this.code(this.pos) !== Code.hash; this.skipBlanks()) this.readWord();
      }
    }
    this.skipBlanks();
    if (this.code(this.pos) === Code.semicolon) this.pos++;
    this.skipBlankLines();
    if (keywordAt(this.text, this.pos, this.end) !== '{') {
      this.#readDo();
      return;
    }
    this.pos++;
    this.#readRest('}');
  }

  #atIn(): boolean {
    const next = this.code(this.pos + 2);
    return this.text.startsWith('in', this.pos) && this.pos + 2 <= this.end && (next === -1 || endsWord(next));
  }

  #readCase(): void {
    this.skipBlanks();
    if (!this.atWord()) {
      this.doubt();
      return;
    }
    this.readWord();
    this.skipBlankLines();
    if (!this.#atIn()) {
      this.doubt();
      return;
    }
    this.pos += 2;
    for (;;) {
      this.skipBlankLines();
      if (keywordAt(this.text, this.pos, this.end) === 'esac') {
        this.pos += 'esac'.length;
        return;
      }
      if (!this.#readPatterns()) {
        this.doubt();
        return;
      }
      this.#readList();
      if (this.closerAt() !== ';;') {
        this.#expect('esac');
        return;
      }
      // `;;`, `;&` or `;;&`.
      this.pos += 2;
      if (this.code(this.pos) === Code.ampersand && this.code(this.pos - 1) === Code.semicolon) this.pos++;
    }
  }

  /** `pattern | pattern )`, with or without a `(` before it; false where that is not what stands here. */
  #readPatterns(): boolean {
    if (this.code(this.pos) === Code.open) this.pos++;
    for (;;) {
      this.skipBlanks();
      if (!this.atWord()) return false;
      this.readWord();
      this.skipBlanks();
      const code = this.code(this.pos++);
      if (code === Code.close) return true;
      if (code !== Code.bar) {
        this.pos = Math.min(this.pos, this.end);
        return false;
      }
    }
  }

  #readFunction(): void {
    this.skipBlanks();
    if (!this.atWord()) {
      this.doubt();
      return;
    }
    this.readWord();
    this.skipBlanks();
    if (this.code(this.pos) === Code.open) {
      this.pos++;
      this.skipBlanks();
      if (this.code(this.pos) === Code.close) this.pos++;
      else this.doubt();
    }
    this.readFunctionBody();
  }

  protected override readFunctionBody(): void {
    this.skipBlankLines();
    const keyword = keywordAt(this.text, this.pos, this.end);
    const isCompound = this.code(this.pos) === Code.open || (keyword !== undefined && openingWords.has(keyword));
    if (!isCompound) {
      this.doubt();
      return;
    }
    const pipeline = this.reading.pipelines++;
    this.nest('function', () => this.#readCommand({ joint: undefined, pipeline, negated: false }));
  }

  /** `coproc [NAME] command`: a name is given only before a compound command. */
  #readCoprocess(place: Place): void {
    this.skipBlanks();
    const named = /\w+[ \t]+(?=[({])/y;
    named.lastIndex = this.pos;
    const name = named.exec(this.text)?.[0] ?? '';
    this.pos = Math.min(this.pos + name.length, this.end);
    if (this.pos >= this.end || this.closerAt() !== undefined) {
      this.doubt();
      return;
    }
    this.nest(undefined, () => this.#readCommand(place));
  }
}
