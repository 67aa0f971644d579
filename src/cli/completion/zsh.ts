import { type Choice, type CommandRow, type FlagRow, programFlags } from './table.ts';

/** For zsh's own `_arguments`; works both sourced and as a file `_seaworthy` on `$fpath`. */
export function zshCompletion(commands: readonly CommandRow[]): string {
  const described = commands.map(({ name, summary }) => quote(`${name}:${summary}`));
  return `#compdef seaworthy
# zsh completion for seaworthy; made by \`seaworthy completion zsh\`
_seaworthy() {
  local -a commands
  commands=(${[...described, quote('help:Show help')].join(' ')})
  if (( CURRENT == 2 )); then
    if [[ "\${words[2]}" == -* ]]; then
      compadd -- ${programFlags.join(' ')}
    else
      _describe 'command' commands
    fi
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
${commands.map(commandCase).join('\n')}
    help) compadd -- ${commands.map(({ name }) => name).join(' ')} ;;
  esac
}

# Sourced, it makes itself known; found on $fpath, it is being called.
if [[ "\${funcstack[1]}" == '_seaworthy' ]]; then
  _seaworthy "$@"
else
  compdef _seaworthy seaworthy
fi
`;
}

function commandCase({ name, flags, operand }: CommandRow): string {
  const specs = [...flags.flatMap(flagSpecs), quote(`*:operand:${action(operand)}`)];
  return `    ${name})\n      _arguments -s \\\n${specs.map((spec) => `        ${spec}`).join(' \\\n')} ;;`;
}

/** `'*--file=[Compose file]:FILE:_files'`; a short name needs a row of its own. */
function flagSpecs({ name, short, help, multiple, takes }: FlagRow): string[] {
  const value = takes ? `:${takes.label}:${action(takes.choice)}` : '';
  const told = `[${help.replace(/[\\[\]:]/g, '\\$&')}]${value}`;
  const repeat = multiple ? '*' : '';
  return [
    quote(`${repeat}--${name}${takes ? '=' : ''}${told}`),
    ...(short ? [quote(`${repeat}-${short}${takes ? '+' : ''}${told}`)] : []),
  ];
}

function action(choice: Choice): string {
  switch (choice.kind) {
    case 'words':
      return `(${choice.words.join(' ')})`;
    case 'files':
      return '_files';
    case 'words-or-files':
      return `{_alternative "words:word:(${choice.words.join(' ')})" "files:file:_files"}`;
    case 'free':
      return ' ';
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
