import type { ImageFacts } from '../../knowledge/image-facts.ts';
import { readOptions } from '../../read/shell/options.ts';
import { effectiveCommand } from '../../read/shell/wrappers.ts';
import type { Step } from '../dockerfile/dockerfile.ts';
import type { Accounts } from './image.ts';

/** Accounts that base distributions bring (base-passwd, setup, alpine-baselayout); root apart, servers rarely run as them. */
const distributionAccounts: Readonly<Record<string, number>> = {
  root: 0,
  daemon: 1,
  bin: 2,
  nobody: 65534,
  mail: 8,
};
const debianAccounts: Readonly<Record<string, number>> = {
  ...distributionAccounts,
  daemon: 1,
  bin: 2,
  sys: 3,
  sync: 4,
  games: 5,
  man: 6,
  lp: 7,
  mail: 8,
  news: 9,
  uucp: 10,
  proxy: 13,
  'www-data': 33,
  backup: 34,
  list: 38,
  irc: 39,
  nobody: 65534,
  _apt: 42,
};
const alpineAccounts: Readonly<Record<string, number>> = {
  ...distributionAccounts,
  bin: 1,
  daemon: 2,
  lp: 4,
  sync: 5,
  shutdown: 6,
  halt: 7,
  mail: 8,
  news: 9,
  uucp: 10,
  cron: 16,
  ftp: 21,
  sshd: 22,
  games: 35,
  ntp: 123,
  guest: 405,
  nobody: 65534,
};

const useraddValues = [
  '-u',
  '--uid',
  '-g',
  '--gid',
  '-G',
  '--groups',
  '-d',
  '--home-dir',
  '--home',
  '-s',
  '--shell',
  '-c',
  '--comment',
  '-k',
  '--skel',
  '-e',
  '-f',
  '-p',
  '--password',
  '-K',
  '-b',
  '--base-dir',
  '-Z',
  '-R',
  '--root',
  '-P',
  '--prefix',
];
const adduserValues = [
  '-u',
  '--uid',
  '-g',
  '--gecos',
  '-G',
  '--ingroup',
  '-h',
  '--home',
  '-s',
  '--shell',
  '--gid',
  '-k',
  '--comment',
  '--firstuid',
  '--lastuid',
  '--conf',
];

interface Created {
  readonly name: string;
  readonly uid: number | undefined;
  readonly step: Step;
  readonly span: Step['instruction']['span'];
}

export function accountsOf(
  steps: readonly Step[],
  facts: ImageFacts | undefined,
  isScratch: boolean,
  baseName: string,
): Accounts {
  const created: Created[] = [];
  const removed = new Set<string>();
  let copiesPasswd = false;
  let uncertain = false;
  for (const step of steps) {
    if (step.instruction.keyword === 'COPY' || step.instruction.keyword === 'ADD') {
      const destination = step.instruction.words.at(-1)?.text ?? '';
      if (
        /(?:^|\/)etc(?:\/passwd|\/?)$/.test(destination) ||
        (destination === '/' && step.instruction.flags.some((flag) => flag.name === 'from'))
      )
        copiesPasswd = true;
    }
    if (step.instruction.keyword !== 'RUN') continue;
    if (!step.certain) uncertain = true;
    for (const command of step.commands) {
      const account = creation(command, step);
      if (account === 'unknown' || mayCreate(command)) uncertain = true;
      else if (account) {
        created.push(account);
        removed.delete(account.name);
      }
      const gone = removal(command);
      if (gone !== undefined) {
        removed.add(gone);
        for (let at = created.length - 1; at >= 0; at--) if (created[at]?.name === gone) created.splice(at, 1);
      }
      // `echo "app:x:1000:…" >> /etc/passwd`
      if (command.redirects.some((redirect) => redirect.target?.text === '/etc/passwd')) copiesPasswd = true;
    }
  }
  const system =
    facts?.os?.family === 'alpine' || facts?.os?.family === 'wolfi' || facts?.os?.family === 'busybox'
      ? alpineAccounts
      : facts?.os?.family === 'debian' || facts?.os?.family === 'ubuntu'
        ? debianAccounts
        : distributionAccounts;
  const systemKnown = facts?.os !== undefined && ['alpine', 'debian', 'ubuntu'].includes(facts.os.family);
  return {
    created,
    usable: usableAccount(created, removed, facts, baseName),
    find(nameOrId) {
      if (/^\d+$/.test(nameOrId)) return { presence: 'yes', uid: Number(nameOrId), from: 'a number needs no account' };
      const line = created.find((account) => account.name === nameOrId);
      if (line) return { presence: 'yes', uid: line.uid, from: 'a line of the Dockerfile' };
      if (removed.has(nameOrId)) return { presence: 'no', uid: undefined, from: 'a line of the Dockerfile' };
      const known = facts?.users?.find((account) => account.name === nameOrId);
      if (known) return { presence: 'yes', uid: known.uid, from: baseName };
      if (facts?.defaultUser?.name === nameOrId) return { presence: 'yes', uid: facts.defaultUser.uid, from: baseName };
      if (facts?.stepsDown?.to === nameOrId) return { presence: 'yes', uid: facts.stepsDown.uid, from: baseName };
      const systemId = isScratch ? undefined : system[nameOrId];
      if (systemId !== undefined) return { presence: 'yes', uid: systemId, from: 'the distribution' };
      if (nameOrId === 'root') return { presence: 'yes', uid: 0, from: 'every image' };
      const unknown = uncertain || copiesPasswd || installsAccounts(steps, nameOrId);
      // A language's image whose Dockerfile was read makes the accounts that are listed, and no others.
      const listed = facts?.users !== undefined || facts?.isBase === true || facts?.kind === 'language';
      const baseKnown = isScratch || (systemKnown && facts?.confidence === 'certain' && listed);
      return { presence: !unknown && baseKnown ? 'no' : 'unknown', uid: undefined, from: 'nothing that we know' };
    },
  };
}

/** Packages of servers bring their own account (postgres, redis, nginx, www-data). */
function installsAccounts(steps: readonly Step[], user: string): boolean {
  const runs = steps.filter(({ instruction }) => instruction.keyword === 'RUN');
  return runs.some((step) =>
    step.commands.some((command) =>
      command.words.some(
        (word) =>
          word.text.includes(user) ||
          /^(?:postgresql|redis|nginx|apache2|httpd|mysql|mariadb|rabbitmq|haproxy|memcached|openssh|postfix|bind9?|unbound|squid|tor|mosquitto|prometheus|grafana|jenkins|php.*-fpm|lighttpd|dovecot|exim|chrony|ntp|varnish|caddy|traefik|gitea|elasticsearch|logstash|kibana|zabbix|icinga|nagios|munin|clamav|proftpd|vsftpd|dnsmasq|couchdb|mongodb|cassandra|tomcat\d*|jetty|solr|openldap|slapd|freeradius|asterisk|sudo)/.test(
            word.text,
          ),
      ),
    ),
  );
}

/** Commands that may make accounts whose names nobody sees: scripts, foreign packages, edits of the account file. */
function mayCreate(command: Step['commands'][number]): boolean {
  const { name, words } = effectiveCommand(command);
  if (name === undefined) return words.length > 0;
  if (
    /\.(?:sh|bash|py|pl|rb)$/.test(name) ||
    ['dpkg', 'rpm', 'newusers', 'usermod', 'ansible-playbook', 'systemd-sysusers', 'source', '.'].includes(name)
  )
    return true;
  const [, first] = words;
  if (/^(?:ba|da|a)?sh$/.test(name) && first !== undefined && !first.text.startsWith('-')) return true;
  return words.some((word) => word.text === '/etc/passwd') || /^\.{0,2}\/(?!usr|bin|sbin)/.test(words[0]?.text ?? '');
}

function usableAccount(
  created: readonly Created[],
  removed: ReadonlySet<string>,
  facts: ImageFacts | undefined,
  baseName: string,
): Accounts['usable'] {
  const own = created.findLast((account) => account.name !== 'root');
  if (own) return { name: own.name, uid: own.uid, from: 'a line of the Dockerfile' };
  const base = facts?.users?.find(
    (account) => account.uid !== 0 && account.name !== 'root' && !removed.has(account.name),
  );
  // A server's own account may read only what its own entrypoint gave it.
  const isMeant = facts?.isBase || facts?.kind === 'language' || facts?.kind === 'base';
  return base && isMeant ? { name: base.name, uid: base.uid, from: baseName } : undefined;
}

function creation(command: Step['commands'][number], step: Step): Created | 'unknown' | undefined {
  const { name, words } = effectiveCommand(command);
  if (name !== 'useradd' && name !== 'adduser') return undefined;
  const { flags, operands } = readOptions(words.slice(1), {
    withValue: name === 'useradd' ? useraddValues : adduserValues,
  });
  const [word, group] = operands;
  // `adduser USER GROUP` adds a user that is there to a group.
  if (!word || (name === 'adduser' && group)) return undefined;
  const account = word.literal ? word.text : step.scope.expand(word.text).text;
  if (account === undefined || account === '' || account.includes('$')) return 'unknown';
  const id = flags.get('-u') ?? flags.get('--uid');
  const text = id === undefined || id === true ? undefined : (step.scope.expand(id.text).text ?? id.text);
  return {
    name: account,
    uid: text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined,
    step,
    span: command.span,
  };
}

function removal(command: Step['commands'][number]): string | undefined {
  const { name, words } = effectiveCommand(command);
  if (name !== 'userdel' && name !== 'deluser') return undefined;
  const [word, group] = readOptions(words.slice(1), {
    withValue: ['-R', '--root', '-P', '--prefix', '--backup-to'],
  }).operands;
  // `deluser USER GROUP` only takes the user out of the group.
  return word?.literal && !group ? word.text : undefined;
}
