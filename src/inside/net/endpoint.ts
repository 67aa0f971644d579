/** Where requests go. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** `10.0.0.2:80`, `[::1]:80`: as a Host header has it. */
export function authority({ host, port, tls }: Endpoint): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (tls ? 443 : 80) ? name : `${name}:${port}`;
}
