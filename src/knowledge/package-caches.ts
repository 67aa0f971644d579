/** Where package managers keep what they download, for a BuildKit cache mount. `~` is the home of who runs them. */
export interface PackageCache {
  readonly folders: readonly string[];
  /** Two builds at once would get in each other's way: they take turns. */
  readonly locked?: true;
  readonly source: string;
}

const docker = 'https://docs.docker.com/build/cache/optimize/#use-cache-mounts';

export const packageCaches: Readonly<Record<string, PackageCache>> = {
  apt: { folders: ['/var/cache/apt', '/var/lib/apt'], locked: true, source: docker },
  apk: { folders: ['/var/cache/apk'], locked: true, source: 'https://wiki.alpinelinux.org/wiki/Local_APK_cache' },
  dnf: {
    folders: ['/var/cache/dnf'],
    locked: true,
    source: 'https://dnf.readthedocs.io/en/latest/conf_ref.html#cachedir-label',
  },
  yum: {
    folders: ['/var/cache/yum'],
    locked: true,
    source: 'https://man7.org/linux/man-pages/man5/yum.conf.5.html',
  },
  microdnf: {
    folders: ['/var/cache/yum'],
    locked: true,
    source: 'https://github.com/rpm-software-management/microdnf',
  },
  zypper: {
    folders: ['/var/cache/zypp'],
    locked: true,
    source: 'https://en.opensuse.org/SDB:Zypper_manual',
  },
  pip: { folders: ['~/.cache/pip'], source: docker },
  uv: { folders: ['~/.cache/uv'], source: 'https://docs.astral.sh/uv/guides/integration/docker/#caching' },
  npm: { folders: ['~/.npm'], source: docker },
  yarn: { folders: ['/usr/local/share/.cache/yarn'], source: 'https://classic.yarnpkg.com/lang/en/docs/cli/cache/' },
  go: { folders: ['/go/pkg/mod', '~/.cache/go-build'], source: docker },
  cargo: { folders: ['/usr/local/cargo/registry'], source: docker },
  mvn: { folders: ['~/.m2'], source: 'https://maven.apache.org/configure.html' },
  dotnet: { folders: ['~/.nuget/packages'], source: docker },
  composer: { folders: ['~/.composer/cache'], source: 'https://getcomposer.org/doc/06-config.md#cache-dir' },
};
