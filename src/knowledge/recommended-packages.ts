/**
 * Packages that are only recommended by another and without which it does not do what it is installed for. By the
 * control files of Debian 12 and Ubuntu 24.04.
 */
export const neededRecommends: readonly {
  readonly package: RegExp;
  readonly needs: string;
  readonly why: string;
  readonly source: string;
}[] = [
  {
    package: /^(?:curl|wget|git)$/,
    needs: 'ca-certificates',
    why: 'without it no certificate can be checked, and every https download fails',
    source: 'https://packages.debian.org/bookworm/curl',
  },
];
