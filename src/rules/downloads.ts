import { programOf, type ShellCommand, type ShellWord } from '../model/image/programs.ts';

/** A curl or wget that fetches something. */
export interface Download {
  readonly program: 'curl' | 'wget';
  readonly urls: readonly ShellWord[];
  /** Where it writes, as far as that is said: a file's name, `-` for its output, undefined for a name taken from the URL. */
  readonly output: string | undefined;
  readonly flags: ReadonlyMap<string, ShellWord | true>;
}

const curlValues =
  '-o --output -H --header -d --data --data-binary --data-raw -u --user -X --request -A --user-agent -e --referer -b --cookie -c --cookie-jar -x --proxy -m --max-time --connect-timeout --retry --retry-delay --retry-max-time --cacert --cert --key -E -w --write-out -C --continue-at --output-dir -F --form -T --upload-file -K --config -r --range --url'.split(
    ' ',
  );
const wgetValues =
  '-O --output-document -P --directory-prefix -o --output-file -a --append-output -e --execute -t --tries -T --timeout -U --user-agent --header --post-data --password --user --ca-certificate -Q --quota --limit-rate -i --input-file --method --body-data -w --wait --waitretry --retry-on-http-error'.split(
    ' ',
  );

/** The command as a download; undefined for any other, and for a curl or wget without a URL that can be seen. */
export function downloadOf(command: ShellCommand): Download | undefined {
  const program = programOf(command);
  const { name } = program;
  if (name !== 'curl' && name !== 'wget') return undefined;
  const { flags, operands } = program.options(name === 'curl' ? curlValues : wgetValues);
  const named = flags.get('--url');
  const urls = [...operands, ...(named && named !== true ? [named] : [])].filter(({ text }) => text !== '');
  if (urls.length === 0) return undefined;
  const given =
    name === 'curl' ? (flags.get('-o') ?? flags.get('--output')) : (flags.get('-O') ?? flags.get('--output-document'));
  const redirected = command.redirects.find(({ operator }) => operator === '>' || operator === '>>')?.target?.text;
  const toItself = name === 'wget' || flags.has('-O') || flags.has('--remote-name') || flags.has('-J');
  const output = redirected ?? (given && given !== true ? given.text : toItself ? undefined : '-');
  return { program: name, urls, output, flags };
}

/** A URL of the machine itself, whose certificate proves nothing anyway. */
export function isLocalUrl(text: string): boolean {
  return /^(?:https?:\/\/)?(?:localhost|127\.|\[?::1)/i.test(text);
}
