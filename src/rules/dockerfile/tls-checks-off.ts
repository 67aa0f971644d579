import { checkCertificates } from '../../cures/check-certificates.ts';
import type { Step } from '../../model/dockerfile/dockerfile.ts';
import { languageCommand } from '../../model/image/language-packages.ts';
import { packageCommand } from '../../model/image/package-commands.ts';
import { programOf, type ShellCommand, type ShellWord } from '../../model/image/programs.ts';
import type { Span } from '../../vocabulary/span.ts';
import { downloadOf, isLocalUrl } from '../downloads.ts';
import type { Rule } from '../rule.ts';
import { stepsIn } from '../steps.ts';

/** Variables that switch the check off for every program that reads them, and the values that do it. */
const variables: readonly (readonly [name: RegExp, value: RegExp, alias: string])[] = [
  [/^PYTHONHTTPSVERIFY$/, /^0$/, 'checkov:CKV2_DOCKER_5'],
  [/^NODE_TLS_REJECT_UNAUTHORIZED$/, /^0$/, 'checkov:CKV2_DOCKER_6'],
  [/^npm_config_strict_ssl$/i, /^(?:false|0|no)$/i, 'checkov:CKV2_DOCKER_12'],
  [/^GIT_SSL_NO_VERIFY$/, /^(?!(?:0|false|no|off)?$)/i, 'checkov:CKV2_DOCKER_14'],
  [/^PIP_TRUSTED_HOST$/, /./, 'checkov:CKV2_DOCKER_16'],
];

interface Off {
  readonly at: Span;
  readonly what: string;
  readonly aliases: readonly string[];
  /** Of curl or wget: it can be left out. */
  readonly option?: { readonly program: string; readonly word: ShellWord };
}

export const tlsChecksOff: Rule = {
  id: 'dockerfile/tls-checks-off',
  summary: 'Certificate checks switched off',
  why: 'Anyone on the way can answer in place of the server, so what is downloaded, and any password sent along, is theirs.',
  sources: [
    'https://curl.se/docs/sslcerts.html',
    'https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue',
    'https://pip.pypa.io/en/stable/cli/pip/#cmdoption-trusted-host',
  ],
  severity: 'high',
  confidence: 'certain',
  since: '0.1.0',
  mission: ['IMG10', 'IMG12'],
  aliases: [
    'checkov:CKV2_DOCKER_2',
    'checkov:CKV2_DOCKER_3',
    'checkov:CKV2_DOCKER_4',
    ...variables.map(([, , alias]) => alias),
    'checkov:CKV2_DOCKER_13',
    'checkov:CKV2_DOCKER_15',
  ],
  byHand: 'only you know whose certificate is not trusted; install ca-certificates, or that authority',
  examples: { bad: 'bad-curl-insecure', good: 'good-own-authority' },
  dockerfile(dockerfile, report) {
    for (const step of stepsIn(dockerfile, 'build')) {
      // What is set by ENV in the image holds at run time too.
      for (const { at, what, aliases, option } of step.instruction.keyword === 'RUN'
        ? inCommands(step)
        : inVariables(step))
        report({
          at,
          aliases,
          message: `${what} switches certificate checks off`,
          severity: step.stage.isInherited ? 'high' : 'medium',
          fix: () => option && checkCertificates(step, option.program, option.word),
        });
    }
  },
};

function inVariables(step: Step): Off[] {
  const { keyword, pairs } = step.instruction;
  if (keyword !== 'ENV' && keyword !== 'ARG') return [];
  return pairs.flatMap(({ key, value, span }) => offBy(key, step.scope.expand(value ?? '').text ?? value ?? '', span));
}

function offBy(name: string, value: string, at: Span): Off[] {
  return variables
    .filter(([known, off]) => known.test(name) && off.test(value))
    .map(([, , alias]) => ({ at, what: `${name}=${name === 'PIP_TRUSTED_HOST' ? '…' : value}`, aliases: [alias] }));
}

function inCommands(step: Step): Off[] {
  return step.commands.flatMap((command) => {
    const set = command.assignments.flatMap(({ name, value, span }) => offBy(name, value?.text ?? '', span));
    const exported = ['export', 'env', 'declare'].includes(command.name ?? '')
      ? command.words.slice(1).flatMap((word) => {
          const [name = '', ...rest] = word.text.split('=');
          return offBy(name, rest.join('='), word.span);
        })
      : [];
    return [...set, ...exported, ...inCommand(command)];
  });
}

function inCommand(command: ShellCommand): Off[] {
  const { name, args } = programOf(command);
  const word = (form: RegExp) => args.find(({ text }) => form.test(text));
  const off = (form: RegExp, alias: string | undefined, what = (text: string) => `"${name} ${text}"`): Off[] => {
    const found = word(form);
    if (!found) return [];
    const option = name === 'curl' || name === 'wget' ? { option: { program: name, word: found } } : {};
    return [{ at: found.span, what: what(found.text), aliases: alias ? [alias] : [], ...option }];
  };
  const isLocal = downloadOf(command)?.urls.every(({ text }) => isLocalUrl(text)) ?? false;
  if (name === 'curl' && !isLocal)
    return off(/^(?:--insecure|-[a-zA-Z]*k[a-zA-Z]*)$/, 'checkov:CKV2_DOCKER_2').filter(() => isFlag(command));
  if (name === 'wget' && !isLocal) return off(/^--no-check-certificate$/, 'checkov:CKV2_DOCKER_3');
  const language = languageCommand(command);
  if (language?.manager === 'pip' || language?.manager === 'pipenv')
    return off(/^--trusted-host(?:=|$)/, 'checkov:CKV2_DOCKER_4', () => `"${language.program} --trusted-host"`);
  if (language && ['npm', 'yarn', 'pnpm'].includes(language.manager)) {
    const said = args.map(({ text }) => text).join(' ');
    if (!said.toLowerCase().includes('strict-ssl')) return [];
    const isOff = /strict-ssl(?:["']?\s+|=)["']?(?:false|0)\b|--no-strict-ssl/i.test(said.slice(0, 2000));
    const at = word(/strict-ssl/i);
    return isOff && at ? [{ at: at.span, what: `"${name} … strict-ssl"`, aliases: ['checkov:CKV2_DOCKER_13'] }] : [];
  }
  if (name === 'git')
    return off(/^http\.sslVerify(?:=(?:false|0))?$/i, undefined).filter(() =>
      args.some(({ text }) => /^(?:false|0)$|sslVerify=(?:false|0)/i.test(text)),
    );
  const manager = packageCommand(command)?.manager;
  if (manager && ['yum', 'dnf', 'microdnf', 'tdnf'].includes(manager))
    return off(/sslverify\s*=\s*(?:0|false|no)/i, 'checkov:CKV2_DOCKER_15');
  if (manager === 'apt') return off(/Verify-Peer\s*=\s*"?false/i, undefined);
  if (name === 'yum-config-manager' || name === 'dnf-config-manager' || name === 'echo' || name === 'sed')
    return off(/sslverify\s*=\s*(?:0|false|no)/i, 'checkov:CKV2_DOCKER_15', () => 'sslverify=0');
  return [];
}

/** `-o k` and `-H kx` are values, not the option. */
function isFlag(command: ShellCommand): boolean {
  const flags = downloadOf(command)?.flags;
  return !flags || flags.has('-k') || flags.has('--insecure');
}
