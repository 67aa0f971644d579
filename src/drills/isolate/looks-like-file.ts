/** `conf.d` and `example.com` are folders more often than not: only endings of known files count. */
const endings =
  /[^/]\.(?:conf|cfg|cnf|ini|json|ya?ml|toml|env|txt|xml|sql|sh|py|js|mjs|cjs|ts|php|rb|lua|vcl|crt|cer|pem|key|p12|jks|html?|properties|rules|acl|htpasswd|tmpl|template|list|csv|sqlite3?|db|log|lock)$/i;
const names =
  /(?:^|\/)(?:\.env|\.npmrc|\.netrc|\.htpasswd|Caddyfile|Corefile|Dockerfile|hosts|passwd|group|shadow|resolv\.conf|localtime|timezone|authorized_keys|known_hosts)$/;

/** Whether a path that is not there was meant to be a file. */
export function looksLikeFile(path: string): boolean {
  return endings.test(path) || names.test(path);
}
