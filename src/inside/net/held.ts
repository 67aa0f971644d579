import { resolveName } from './resolve.ts';
import { Wire } from './wire.ts';

/** Connections that are held open and say nothing. */
export class Held {
  readonly #wires = new Set<Wire>();

  /** Resolves when all were tried; one that is not had within 5 s has failed. */
  async hold(host: string, port: number, count: number): Promise<{ readonly opened: number; readonly failed: number }> {
    const [address] = await resolveName(host);
    if (address === undefined) return { opened: 0, failed: count };
    const tried = await Promise.all(Array.from({ length: count }, () => this.#open(address, port)));
    const opened = tried.filter((wire) => wire !== undefined && !wire.isOver).length;
    return { opened, failed: count - opened };
  }

  release(): void {
    for (const wire of this.#wires) wire.close();
  }

  #open(host: string, port: number): Promise<Wire | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        wire.close();
        resolve(undefined);
      }, 5000);
      const settle = (had: boolean) => {
        clearTimeout(timer);
        resolve(had ? wire : undefined);
      };
      const wire = new Wire(
        { host, port, tls: false },
        { opened: () => settle(true), received: () => {}, ended: () => settle(false) },
        this.#wires,
      );
    });
  }
}
