import { Code, endsWord } from './chars.ts';
import { CommandReader, type Place } from './command-reader.ts';
import type { ShellWord } from './tree.ts';

/** Reads bash's `(( … ))` and `[[ … ]]`. */
export abstract class ConditionReader extends CommandReader {
  /** `(( … ))` as one command: the parentheses and the expression are its words. */
  protected readArithmeticCommand(close: number, place: Place): void {
    const start = this.pos;
    const slot = this.reading.commands.push(undefined) - 1;
    const words = [this.operatorWord(2)];
    if (close > this.pos) words.push(this.readExpression(close));
    this.pos = close;
    words.push(this.operatorWord(2));
    this.reading.commands[slot] = this.commandOf(words, [], this.where(start, this.pos), place);
  }

  /** `[[ … ]]` as one command whose operators are words, like those of `[`. */
  protected readCondition(place: Place): void {
    const start = this.pos;
    const slot = this.reading.commands.push(undefined) - 1;
    const words: ShellWord[] = [this.operatorWord(2)];
    for (;;) {
      this.skipBlankLines();
      const code = this.code(this.pos);
      if (code === -1) {
        this.doubt();
        break;
      }
      if (code === Code.closeBracket && this.#atConditionEnd()) {
        words.push(this.operatorWord(2));
        break;
      }
      const isRegex = words.at(-1)?.text === '=~' && words.at(-1)?.quoted === false;
      if (this.atWord() || (isRegex && code === Code.open)) {
        words.push(this.readWord(isRegex));
        continue;
      }
      const isPair = (code === Code.ampersand || code === Code.bar) && this.code(this.pos + 1) === code;
      const isSingle = code === Code.open || code === Code.close || code === Code.less || code === Code.greater;
      if (!isPair && !isSingle) {
        this.doubt();
        break;
      }
      words.push(this.operatorWord(isPair ? 2 : 1));
    }
    if (words.length === 2) this.doubt();
    this.reading.commands[slot] = this.commandOf(words, [], this.where(start, this.pos), place);
  }

  #atConditionEnd(): boolean {
    const after = this.code(this.pos + 2);
    return this.code(this.pos + 1) === Code.closeBracket && (after === -1 || endsWord(after));
  }
}
