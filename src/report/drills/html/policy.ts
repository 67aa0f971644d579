/** SHA-256 of the style, so that nothing that got into the page could be shown in its stead. There is no script. */
const styleHash = 'Up7cp057sJV+di/HjQG5ayXrNz0VRHB5U3TOMnlBftA=';

/** Nothing may be loaded, run, sent or framed; the empty icon keeps a browser from asking for one. */
export const drillPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
