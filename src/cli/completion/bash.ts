import { type Choice, type CommandRow, programFlags } from './table.ts';

/**
 * For bash 3.2 (macOS) and newer, without the bash-completion package. Bash splits words at `=` and `:`, so
 * `--format=json` arrives as three words. File names are put in as they are, and bash quotes them (`-o filenames`).
 */
export function bashCompletion(commands: readonly CommandRow[]): string {
  const names = [...commands.map(({ name }) => name), 'help', ...programFlags];
  return `# bash completion for seaworthy; made by \`seaworthy completion bash\`
_seaworthy_words() {
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

_seaworthy_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY+=($(compgen -f -- "$cur"))
}

_seaworthy() {
  local cur prev
  COMPREPLY=()
  cur="\${COMP_WORDS[COMP_CWORD]}"
  prev="\${COMP_WORDS[COMP_CWORD-1]}"
  if [[ "$cur" == '=' ]]; then
    cur=''
  elif [[ "$prev" == '=' ]]; then
    prev="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  if (( COMP_CWORD == 1 )); then
    _seaworthy_words ${quote(names.join(' '))}
    return
  fi
  case "\${COMP_WORDS[1]}" in
${commands.map(commandCase).join('\n')}
    help) _seaworthy_words ${quote(commands.map(({ name }) => name).join(' '))} ;;
  esac
}

complete -F _seaworthy seaworthy
`;
}

function commandCase({ name, flags, operand }: CommandRow): string {
  const values = flags.flatMap(({ name: flag, short, takes }) =>
    takes
      ? [`        ${[`--${flag}`, ...(short ? [`-${short}`] : [])].join('|')}) ${call(takes.choice)}return ;;`]
      : [],
  );
  const names = flags.flatMap(({ name: flag, short }) => [`--${flag}`, ...(short ? [`-${short}`] : [])]);
  return `    ${name})
      case "$prev" in
${values.join('\n')}
      esac
      case "$cur" in
        -*) _seaworthy_words ${quote(names.join(' '))} ;;
        *) ${call(operand) || ': '};;
      esac ;;`;
}

function call(choice: Choice): string {
  switch (choice.kind) {
    case 'words':
      return `_seaworthy_words ${quote(choice.words.join(' '))}; `;
    case 'files':
      return '_seaworthy_files; ';
    case 'words-or-files':
      return `_seaworthy_words ${quote(choice.words.join(' '))}; _seaworthy_files; `;
    case 'free':
      return '';
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
