/**
 * Images that the examples' Dockerfiles name, made from Debian's packages: where no registry answers, nothing else can be
 * had. Package lists follow the Dockerfiles of the images they stand for
 * (https://github.com/docker-library/buildpack-deps, https://github.com/docker-library/golang,
 * https://github.com/nodejs/docker-node, https://github.com/GoogleContainerTools/distroless), documentation left out.
 */
export interface StandIn {
  readonly name: string;
  readonly packages: readonly string[];
  /** The host's own Node, since Debian 12's is past its end. */
  readonly withHostNode?: 'with npm';
  /** Changes for `docker import`. */
  readonly config: readonly string[];
  /** Has Debian's base system; the others hold just their packages' files. */
  readonly withBase: boolean;
  /** Accounts beyond Debian's own: name and id. */
  readonly accounts?: readonly (readonly [string, number])[];
}

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

export const debianBase = list(`base-files base-passwd dash bash coreutils grep sed findutils tar gzip mawk diffutils
  debianutils hostname login passwd libc-bin ncurses-base ncurses-bin usr-is-merged dpkg apt util-linux mount sysvinit-utils
  bsdutils init-system-helpers perl-base debian-archive-keyring tzdata e2fsprogs gpgv`);

const scm = list('ca-certificates curl gnupg netbase wget tzdata git mercurial openssh-client subversion procps');

const compilers = list(`autoconf automake bzip2 default-libmysqlclient-dev dpkg-dev file g++ gcc imagemagick libbz2-dev
  libc6-dev libcurl4-openssl-dev libdb-dev libevent-dev libffi-dev libgdbm-dev libglib2.0-dev libgmp-dev libjpeg-dev
  libkrb5-dev liblzma-dev libmagickcore-dev libmagickwand-dev libmaxminddb-dev libncurses5-dev libncursesw5-dev libpng-dev
  libpq-dev libreadline-dev libsqlite3-dev libssl-dev libtool libwebp-dev libxml2-dev libxslt1-dev libyaml-dev make patch
  unzip xz-utils zlib1g-dev`);

const path = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export const standIns: readonly StandIn[] = [
  {
    name: 'golang:1.26',
    packages: [...scm, ...list('g++ gcc libc6-dev make pkg-config golang-go')],
    withBase: true,
    config: ['ENV GOPATH=/go', path.replace('PATH=', 'PATH=/go/bin:/usr/local/go/bin:'), 'WORKDIR /go', 'CMD ["bash"]'],
  },
  {
    name: 'node:24',
    packages: [...scm, ...compilers],
    withHostNode: 'with npm',
    withBase: true,
    accounts: [['node', 1000]],
    // What the build installs lies in the cache already: there is no registry to ask.
    config: [path, 'ENV npm_config_offline=true', 'CMD ["node"]'],
  },
  {
    name: 'node:24-slim',
    packages: list('libstdc++6 libgcc-s1 libatomic1'),
    withHostNode: 'with npm',
    withBase: true,
    accounts: [['node', 1000]],
    config: [path, 'CMD ["node"]'],
  },
  {
    name: 'gcr.io/distroless/static-debian13:nonroot',
    packages: list('base-files netbase tzdata ca-certificates'),
    withBase: false,
    accounts: [['nonroot', 65532]],
    config: [
      path.replace('ENV ', 'ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt '),
      'USER 65532',
      'WORKDIR /home/nonroot',
    ],
  },
];
