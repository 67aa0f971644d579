/** One product and its release cycles. Data: endoflife.date, MIT; the notice is in `NOTICE`. */
export interface Product {
  readonly key: string;
  readonly label: string;
  /** Its page: `https://endoflife.date/<page>`. */
  readonly page: string;
  /** Cycles with long-term support. */
  readonly lts?: readonly string[];
  readonly cycles: readonly Cycle[];
}

/**
 * Name; the day support ends (`true`: ended, nobody says when; `false`: no end published); newest version known on
 * 2026-08-22 (`''`: not known); the day that paid or extended support ends.
 */
export type Cycle = readonly [name: string, eol: string | boolean, latest: string, extended?: string];
