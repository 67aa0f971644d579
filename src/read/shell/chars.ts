/** Character codes the shell's grammar names. */
export const Code = {
  tab: 9,
  newline: 10,
  space: 32,
  bang: 33,
  doubleQuote: 34,
  hash: 35,
  dollar: 36,
  ampersand: 38,
  singleQuote: 39,
  open: 40,
  close: 41,
  star: 42,
  plus: 43,
  minus: 45,
  semicolon: 59,
  less: 60,
  equals: 61,
  greater: 62,
  question: 63,
  at: 64,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  backtick: 96,
  openBrace: 123,
  bar: 124,
  closeBrace: 125,
  tilde: 126,
} as const;

const breaks = 1;
const special = 2;
const names = 4;
const digits = 8;
const inDouble = 16;

const kinds = new Uint8Array(128);
const mark = (characters: string, kind: number): void => {
  for (const character of characters)
    kinds[character.charCodeAt(0)] = (kinds[character.charCodeAt(0)] as number) | kind;
};
mark(' \t\n;&|<>()', breaks);
mark('\\\'"$`', special);
mark('"\\$`', inDouble);
mark('0123456789', digits | names);
mark('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_', names);

/** Ends an unquoted word: blanks and operators. */
export const endsWord = (code: number): boolean => code < 128 && ((kinds[code] as number) & breaks) !== 0;
/** Nothing to the shell, in the middle of an unquoted word. */
export const isPlain = (code: number): boolean => code >= 128 || ((kinds[code] as number) & (breaks | special)) === 0;
/** Nothing to the shell between double quotes. */
export const isPlainInDouble = (code: number): boolean => code >= 128 || ((kinds[code] as number) & inDouble) === 0;
/** May stand in a variable's name. */
export const isNameCode = (code: number): boolean => code < 128 && ((kinds[code] as number) & names) !== 0;
export const isDigit = (code: number): boolean => code < 128 && ((kinds[code] as number) & digits) !== 0;
