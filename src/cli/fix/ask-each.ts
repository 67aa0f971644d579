import type { Offer } from '../../fix/fix-project.ts';
import type { Prompt } from './prompt.ts';

/** Shown above a question: what is wrong, why it hurts, and the hunk. */
export type Show = (offer: Offer) => Promise<void> | void;

const help = `  y  make this change
  n  leave it
  a  make this and all other changes of the same rule
  q  no more questions: what you said yes to is made, the rest is left
  ?  these lines
  Ctrl-C leaves every file as it is.
`;

/** Asks for each fix; files are written only when all has been asked. */
export function askEach(prompt: Prompt, show: Show, tell: (text: string) => void): (offer: Offer) => Promise<boolean> {
  const all = new Set<string>();
  let isOver = false;
  return async (offer) => {
    if (isOver) return false;
    const { rule } = offer.finding;
    if (all.has(rule)) return true;
    await show(offer);
    for (;;) {
      const answer = await prompt.ask(`${offer.fix.title}? [y,n,a,q,?] `);
      switch (answer) {
        case 'y':
        case 'yes':
          return true;
        case 'n':
        case 'no':
          return false;
        case 'a':
          all.add(rule);
          return true;
        case undefined:
        case 'q':
          isOver = true;
          return false;
        default:
          tell(help);
      }
    }
  };
}
