import { lazily } from '../vocabulary/lazily.ts';
import type { PackageManager } from './image-facts.ts';

/** Package managers that share package names: yum, dnf and microdnf install the same RPMs. */
type Catalogue = 'apt' | 'apk' | 'rpm' | 'zypper' | 'pacman' | 'tdnf';

const catalogues: Readonly<Record<PackageManager, Catalogue>> = {
  apt: 'apt',
  apk: 'apk',
  dnf: 'rpm',
  yum: 'rpm',
  microdnf: 'rpm',
  zypper: 'zypper',
  tdnf: 'tdnf',
  pacman: 'pacman',
};

type Names = Readonly<Partial<Record<Catalogue, readonly string[]>>>;

/** Packages that bring a program; the first is the one to install. `same`: it is called so everywhere. */
const same = (name: string): Names => ({
  apt: [name],
  apk: [name],
  rpm: [name],
  zypper: [name],
  tdnf: [name],
  pacman: [name],
});

// Sources: packages.debian.org, pkgs.alpinelinux.org, packages.fedoraproject.org as of 2026.
const tools = lazily(
  (): Readonly<Record<string, Names>> => ({
    curl: { ...same('curl'), rpm: ['curl', 'curl-minimal'] },
    wget: { ...same('wget'), rpm: ['wget', 'wget2-wget'] },
    nc: {
      apt: ['netcat-openbsd', 'netcat-traditional', 'netcat', 'ncat'],
      apk: ['netcat-openbsd', 'nmap-ncat'],
      rpm: ['nmap-ncat', 'nc'],
      zypper: ['netcat-openbsd'],
      pacman: ['openbsd-netcat', 'gnu-netcat'],
    },
    bash: same('bash'),
    git: { ...same('git'), apt: ['git', 'git-core'], rpm: ['git', 'git-core'] },
    jq: same('jq'),
    openssl: same('openssl'),
    socat: same('socat'),
    ping: {
      apt: ['iputils-ping', 'inetutils-ping'],
      apk: ['iputils', 'iputils-ping'],
      rpm: ['iputils'],
      zypper: ['iputils'],
    },
    dig: { apt: ['bind9-dnsutils', 'dnsutils'], apk: ['bind-tools'], rpm: ['bind-utils'], zypper: ['bind-utils'] },
    ps: {
      apt: ['procps'],
      apk: ['procps', 'procps-ng'],
      rpm: ['procps-ng'],
      zypper: ['procps'],
      pacman: ['procps-ng'],
    },
    pgrep: {
      apt: ['procps'],
      apk: ['procps', 'procps-ng'],
      rpm: ['procps-ng'],
      zypper: ['procps'],
      pacman: ['procps-ng'],
    },
    ss: {
      apt: ['iproute2'],
      apk: ['iproute2', 'iproute2-ss'],
      rpm: ['iproute'],
      zypper: ['iproute2'],
      pacman: ['iproute2'],
    },
    netstat: {
      apt: ['net-tools'],
      apk: ['net-tools'],
      rpm: ['net-tools'],
      zypper: ['net-tools'],
      pacman: ['net-tools'],
    },
    python3: {
      apt: ['python3', 'python3-minimal'],
      apk: ['python3'],
      rpm: ['python3'],
      zypper: ['python3'],
      pacman: ['python'],
    },
    python: {
      apt: ['python-is-python3', 'python'],
      apk: ['python3', 'python'],
      rpm: ['python-unversioned-command', 'python'],
      pacman: ['python'],
    },
    node: {
      apt: ['nodejs'],
      apk: ['nodejs', 'nodejs-current'],
      rpm: ['nodejs'],
      zypper: ['nodejs'],
      pacman: ['nodejs', 'nodejs-lts-krypton'],
    },
    npm: { apt: ['npm', 'nodejs'], apk: ['npm'], rpm: ['nodejs-npm', 'npm'], zypper: ['npm'], pacman: ['npm'] },
    java: {
      apt: [
        'default-jre-headless',
        'default-jre',
        'openjdk-17-jre-headless',
        'openjdk-21-jre-headless',
        'openjdk-25-jre-headless',
      ],
      apk: [
        'openjdk17-jre-headless',
        'openjdk21-jre-headless',
        'openjdk17-jre',
        'openjdk21-jre',
        'openjdk17',
        'openjdk21',
      ],
      rpm: ['java-17-openjdk-headless', 'java-21-openjdk-headless'],
      pacman: ['jre-openjdk-headless', 'jre-openjdk'],
    },
    php: {
      apt: ['php-cli', 'php'],
      apk: ['php84', 'php83', 'php82'],
      rpm: ['php-cli', 'php'],
      zypper: ['php8-cli'],
      pacman: ['php'],
    },
    ruby: { ...same('ruby'), apt: ['ruby', 'ruby-full'] },
    perl: same('perl'),
    pg_isready: {
      apt: ['postgresql-client', 'postgresql'],
      apk: ['postgresql-client'],
      rpm: ['postgresql'],
      zypper: ['postgresql'],
      pacman: ['postgresql'],
    },
    psql: {
      apt: ['postgresql-client', 'postgresql'],
      apk: ['postgresql-client'],
      rpm: ['postgresql'],
      zypper: ['postgresql'],
      pacman: ['postgresql-libs', 'postgresql'],
    },
    'redis-cli': {
      apt: ['redis-tools', 'redis'],
      apk: ['redis', 'valkey-cli'],
      rpm: ['redis', 'valkey'],
      zypper: ['redis'],
      pacman: ['redis'],
    },
    'valkey-cli': { apt: ['valkey-tools'], apk: ['valkey-cli'], rpm: ['valkey'], pacman: ['valkey'] },
    mysql: {
      apt: ['default-mysql-client', 'mariadb-client', 'mysql-client'],
      apk: ['mysql-client', 'mariadb-client'],
      rpm: ['mysql', 'mariadb'],
      zypper: ['mariadb-client'],
      pacman: ['mariadb-clients'],
    },
    mysqladmin: {
      apt: ['default-mysql-client', 'mariadb-client', 'mysql-client'],
      apk: ['mysql-client', 'mariadb-client'],
      rpm: ['mysql', 'mariadb'],
      zypper: ['mariadb-client'],
      pacman: ['mariadb-clients'],
    },
    mongosh: { apt: ['mongodb-mongosh'], rpm: ['mongodb-mongosh'] },
    sqlite3: { apt: ['sqlite3'], apk: ['sqlite'], rpm: ['sqlite'], zypper: ['sqlite3'], pacman: ['sqlite'] },
    'cgi-fcgi': { apt: ['libfcgi-bin', 'libfcgi0ldbl'], apk: ['fcgi'], rpm: ['fcgi'] },
    grpc_health_probe: { apk: ['grpc-health-probe'] },
    tini: { apt: ['tini'], apk: ['tini', 'tini-static'], rpm: ['tini'], zypper: ['tini'] },
    'dumb-init': { apt: ['dumb-init'], apk: ['dumb-init'], rpm: ['dumb-init'] },
    gosu: { apt: ['gosu'], apk: ['gosu'], rpm: ['gosu'] },
    'su-exec': { apk: ['su-exec'] },
    setpriv: { apt: ['util-linux'], apk: ['setpriv', 'util-linux-misc'], rpm: ['util-linux'] },
    'update-ca-certificates': { apt: ['ca-certificates'], apk: ['ca-certificates'], zypper: ['ca-certificates'] },
    envsubst: {
      apt: ['gettext-base', 'gettext'],
      apk: ['gettext-envsubst', 'gettext'],
      rpm: ['gettext-envsubst', 'gettext'],
    },
    sudo: same('sudo'),
    su: { apt: ['util-linux'], rpm: ['util-linux'] },
    useradd: { apt: ['passwd'], apk: ['shadow'], rpm: ['shadow-utils'], zypper: ['shadow'], pacman: ['shadow'] },
    supervisord: same('supervisor'),
    nginx: same('nginx'),
    ffmpeg: same('ffmpeg'),
    make: same('make'),
    gcc: { ...same('gcc'), apt: ['gcc', 'build-essential'], apk: ['gcc', 'build-base'], pacman: ['gcc', 'base-devel'] },
  }),
);

/** Programs that come with a package of another name: `apk add postgresql16-client` brings psql. */
const versioned: readonly (readonly [form: RegExp, tools: readonly string[]])[] = [
  [/^postgresql-client-\d+$|^postgresql\d+-client$|^postgresql\d+$/, ['psql', 'pg_isready']],
  [/^openjdk-?\d+-(?:jre|jdk)(?:-headless)?$|^openjdk\d+(?:-jre|-jdk)?$|^java-\d+-openjdk/, ['java']],
  [/^python3\.\d+(?:-minimal)?$/, ['python3']],
  [/^php\d*(?:\.\d+)?-cli$/, ['php']],
  [/^nodejs-(?:current|lts.*)$|^nodejs\d+$/, ['node']],
  [/^ruby\d+\.\d+$/, ['ruby']],
];

/** The package to install for a program; undefined where none is known. */
export function packageFor(tool: string, manager: PackageManager): string | undefined {
  return Object.hasOwn(tools(), tool) ? tools()[tool]?.[catalogues[manager]]?.[0] : undefined;
}

/** The table the other way round: `apt curl`. */
const toolsByPackage = lazily(() => {
  const found = new Map<string, string[]>();
  for (const [tool, names] of Object.entries(tools()))
    for (const [catalogue, packages] of Object.entries(names))
      for (const name of new Set(packages)) {
        const key = `${catalogue} ${name}`;
        const known = found.get(key);
        if (known) known.push(tool);
        else found.set(key, [tool]);
      }
  return found;
});

/** The programs, of those the tables know, that a package brings. A version (`curl=8.5.0`) is not part of the name. */
export function toolsOf(packageName: string, manager: PackageManager): readonly string[] {
  const catalogue = catalogues[manager];
  const named = toolsByPackage().get(`${catalogue} ${packageName}`) ?? [];
  const byForm = versioned.filter(([form]) => form.test(packageName)).flatMap(([, brought]) => brought);
  return [...new Set([...named, ...byForm])];
}

const buildOnly: ReadonlySet<string> = new Set([
  ...[
    'gcc',
    'g++',
    'c++',
    'cpp',
    'clang',
    'llvm',
    'make',
    'gmake',
    'cmake',
    'ninja',
    'ninja-build',
    'meson',
    'autoconf',
  ],
  ...[
    'automake',
    'libtool',
    'pkg-config',
    'pkgconf',
    'pkgconfig',
    'bison',
    'flex',
    'patch',
    'binutils',
    'gdb',
    'strace',
  ],
  ...['build-essential', 'build-base', 'alpine-sdk', 'base-devel', 'dpkg-dev', 'debhelper', 'devscripts', 'rpm-build'],
  ...['musl-dev', 'libc-dev', 'libc6-dev', 'linux-headers', 'kernel-headers', 'gcc-c++', 'gfortran', 'nasm', 'yasm'],
  ...['git', 'git-core', 'mercurial', 'subversion', 'bzr', 'cvs', 'maven', 'gradle', 'ant', 'sbt'],
  ...[
    'cargo',
    'rust',
    'rustc',
    'golang',
    'golang-go',
    'go',
    'default-jdk',
    'default-jdk-headless',
    'vim',
    'nano',
    'emacs',
  ],
  ...[
    'python3-dev',
    'python-dev',
    'python3-pip',
    'py3-pip',
    'python3-venv',
    'python3-setuptools',
    'ruby-dev',
    'php-dev',
  ],
  ...[
    'gettext-dev',
    'protobuf-compiler',
    'protoc',
    'swig',
    'cython',
    'cython3',
    'doxygen',
    'valgrind',
    'ccache',
    'less',
  ],
]);

/** Things people use in a shell, not what a service needs; harmless to size, odd in an image. */
const editors: ReadonlySet<string> = new Set(['vim', 'nano', 'emacs', 'gdb', 'strace', 'valgrind']);

/**
 * Why a package has no place in an image that runs: compilers and headers, version control, editors. Undefined for the
 * rest. `-dev` and `-devel` packages hold headers on every distribution.
 */
export function buildOnlyPackage(
  packageName: string,
): 'build tools' | 'version control' | 'editor or debugger' | undefined {
  if (editors.has(packageName)) return 'editor or debugger';
  if (/^(?:git|git-core|mercurial|subversion|bzr|cvs)$/.test(packageName)) return 'version control';
  const isJdk = /^openjdk-?\d+-jdk(?:-headless)?$|^java-\d+-openjdk-devel$/.test(packageName);
  const isHeaders = /(?:-dev|-devel|-headers)$/.test(packageName);
  return buildOnly.has(packageName) || isHeaders || isJdk ? 'build tools' : undefined;
}
