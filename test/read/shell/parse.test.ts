import { describe, expect, test } from 'vitest';
import { read, show } from './show.ts';

/** Each line of the second column is one command. */
const readable: Readonly<Record<string, string>> = {
  'apt-get update && apt-get install -y curl || exit 1; echo done & wait': `
    apt-get update
    && apt-get install -y curl
    || exit 1
    ; echo done
    & wait`,
  'a | b |& c\nd': `
    a
    | b
    |& c
    ; d`,
  'a &&\n\n# why\n b # then\n': `
    a
    && b`,
  '! grep -q x y | z': `
    ! grep -q x y
    | ! z`,
  '! ! true': 'true',
  'if a; then b; elif ! c; then d; else e; fi; f': `
    if: condition: a
    if: b
    if: condition: ! c
    if: d
    if: e
    ; f`,
  'while read -r l; do echo "$l"; done < f > g': `
    loop: condition: read -r l
    loop: echo «$l»
    < f > g`,
  'until a; do b; done': `
    loop: condition: a
    loop: b`,
  'for x in a $(b c) "d"; do e $x; done': `
    loop: substitution: b c
    loop: e «$x»`,
  'for x; do e; done': 'loop: e',
  'for x\nin a\ndo e; done': 'loop: e',
  'for ((i = 0; i < $(n); i++)); do e; done': `
    loop: substitution: n
    loop: e`,
  'for x in a; { e; }': 'loop: e',
  'select x in a b; do c; done': 'loop: c',
  'case "$x" in a|b) c; d ;; (e*) f ;& "g h") ;; *) i ;;& j) k; esac; l': `
    case: c
    case: ; d
    case: f
    case: i
    case: k
    ; l`,
  'case x in\n# none\nesac': '',
  'case $(a) in b) c\nesac': `
    case: substitution: a
    case: c`,
  'f() { a; }; function g { b; }; function h () ( c ) > l; f x': `
    function: group: a
    function: group: b
    function: subshell: c
    function: > l
    ; f x`,
  '(a; b) && { c; d; } 2>&1 | e': `
    subshell: a
    subshell: ; b
    group: c
    group: ; d
    && 2>&1
    | e`,
  'a $(b | c) "$(d "$(e)")" `f` <(g) > >(h)': `
    a «$(b | c)» «$(d "$(e)")» «\`f\`» «<(g)» > >(h)
    substitution: b
    substitution: | c
    substitution: d «$(e)»
    substitution: substitution: e
    substitution: f
    substitution: g
    substitution: h`,
  'A=$(a) B=`b` c': `
    A=$(a) B=\`b\` c
    substitution: a
    substitution: b`,
  'x `a \\`b \\\\\\`c\\\\\\`\\` "d"`': `
    x «\`a \\\`b \\\\\\\`c\\\\\\\`\\\` "d"\`»
    substitution: a «\`b \\\`c\\\`\`» d
    substitution: substitution: b «\`c\`»
    substitution: substitution: substitution: c`,
  'x "`a \\"b c\\"`"': `
    x «\`a \\"b c\\"\`»
    substitution: a «b c»`,
  '$( (a) ) $((a); b)': `
    «$( (a) )» «$((a); b)»
    substitution: subshell: a
    substitution: subshell: a
    substitution: ; b`,
  'echo $((1 + $(n)))': `
    echo «$((1 + $(n)))»
    substitution: n`,
  '((a); b)': `
    subshell: subshell: a
    subshell: ; b`,
  '(( i++ < 3 )) && a': `
    «((» « i++ < 3 » «))»
    && a`,
  '[[ -f a && ! $b =~ ^(c|d e)+$ || ( x < y ) ]] || z': `
    «[[» -f a «&&» «!» «$b» «=~» «^(c|d e)+$» «||» «(» x «<» y «)» «]]»
    || z`,
  '[ "$a" = b ] && c': `
    «[» «$a» = b «]»
    && c`,
  'time a b | c; time -p { d; }': `
    time a b
    | c
    group: d`,
  'coproc X { a; }; coproc b': `
    group: a
    ; b`,
  'a > b 2>> c &> d < e 2>&1 >&- 3<&0 <> f >| g &>> h {fd}> i <<< "j k" >&"$l" 2> /dev/null': `
    a > b 2>> c &> d < e 2>&1 >&- 3<&0 <> f >| g &>> h {fd}> i <<< j k >& $l 2> /dev/null`,
  '> a': '> a',
  'x=$(< a)': `
    x=$(< a)
    substitution: < a`,
  'echo if then do }': 'echo if then do «}»',
  'echo 2 >a 2>b c2>d': 'echo 2 c2 > a 2> b > d',
  'a\\\n  b \\\n&& c': `
    a b
    && c`,
  'declare -A m=([k]="v w" [l]=$x) n': 'declare -A «m=([k]="v w" [l]=$x)» n',
  'rm -rf !(a|b) @(x y)': 'rm -rf «!(a|b)» «@(x y)»',
  '': '',
  '# nothing': '',
  ' \n\t\n': '',
};

describe('what the shell accepts', () => {
  for (const [text, commands] of Object.entries(readable)) {
    test(JSON.stringify(text), () => {
      const script = read(text);
      const lines = commands.includes('\n ') ? commands.trim().split(/\n {4}/) : commands === '' ? [] : [commands];
      expect(script.commands.map(show)).toEqual(lines);
      expect(script.certain).toBe(true);
    });
  }
});

const unreadable: Readonly<Record<string, string>> = {
  'a && && b': 'a / && b',
  'a &&': 'a',
  '&& a': 'a',
  'a | | b': 'a / | b',
  'a |': 'a',
  'a ;; b': 'a / b',
  '; a': 'a',
  'a & ; b': 'a / & b',
  'a )': 'a',
  '(a': 'subshell: a',
  '()': '',
  'a $(b': 'a «$(b» / substitution: b',
  'a `b': 'a «`b» / substitution: b',
  'a "b c': 'a «b c»',
  "a 'b c": 'a «b c»',
  'a ${b': 'a «${b»',
  'a ${}': 'a «${}»',
  'a >': 'a >',
  'a > ; b': 'a > / ; b',
  'a (b)': 'a / subshell: b',
  'if a; then b': 'if: condition: a / if: b',
  'if a; b; fi; c': 'if: condition: a / if: condition: ; b / ; c',
  'if ; then a; fi': 'if: a',
  'if a; then fi': 'if: condition: a',
  'while a; done': 'loop: condition: a',
  'for a b; do c; done': 'loop: b / c',
  fi: '',
  'a; done; b': 'a / b',
  '{ a; ': 'group: a',
  'f() a': '; a',
  'case a in b': '',
  'case a of b) c ;; esac; d': '; of b / c / d',
  '[[ a': '«[[» a',
  '[[ a ; b ]]': '«[[» a / ; b «]]»',
  'a <<E': 'a << E',
  'a <<E\nb\n': 'a << E',
  'x=(a': 'x=(a',
  '! ; a': '; a',
};

describe('what the shell refuses is read as far as it goes', () => {
  for (const [text, commands] of Object.entries(unreadable)) {
    test(JSON.stringify(text), () => {
      const script = read(text);
      expect(script.certain).toBe(false);
      expect(script.commands.map(show).join(' / ')).toBe(commands);
    });
  }
});

test('an array may have lines and comments', () => {
  const { commands, certain } = read('a=(\n b # no)\n "c"\n)');
  expect(commands.map(({ assignments }) => assignments[0]?.value?.text)).toEqual(['(\n b # no)\n "c"\n)']);
  expect(certain).toBe(true);
});

test('pipelines have one number each, ascending; a group and what it is piped to share one', () => {
  const { commands } = read('a | b && { c | d; } | e; f');
  const numbers = Object.fromEntries(commands.map(({ name, pipeline }) => [name, pipeline]));
  expect(numbers['a']).toBe(numbers['b']);
  expect(numbers['c']).toBe(numbers['d']);
  expect(new Set(commands.map(({ pipeline }) => pipeline)).size).toBe(4);
  expect(numbers['e']).toBeGreaterThan(numbers['a'] as number);
  expect(numbers['e']).toBeLessThan(numbers['f'] as number);
});

test('spans are those of the command, its assignments and redirections included', () => {
  const text = 'if ! A=1 b "c" > d ; then  e  # f\nfi';
  expect(read(text).commands.map(({ span }) => text.slice(span.start, span.end))).toEqual(['A=1 b "c" > d', 'e']);
});

test('commands in backticks with escapes in them keep their places', () => {
  const text = 'echo "`a \\"b\\" \\$c \\`d\\``" e';
  const { commands } = read(text);
  const inner = commands.find(({ name }) => name === 'd');
  expect(text.slice(inner?.span.start, inner?.span.end)).toBe('d');
  const words = commands.find(({ name }) => name === 'a')?.words.map(({ span }) => text.slice(span.start, span.end));
  // `\$c` becomes `$c` before the inner shell reads it: its place begins at the dollar.
  expect(words).toEqual(['a', '"b\\"', '$c', '`d\\`']);
});
