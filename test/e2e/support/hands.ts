import type { BrowserContext } from 'playwright-core';

/** What a person's hands have done in the pages of a browser profile. */
export interface Hands {
  clicks: number;
  /** Keys pressed, also those of a paste: Ctrl+V. */
  keys: number;
}

/** Reports presses of a button and of keys. A paste of the test presses no key, but puts in more than one character. */
const REPORT = `(() => {
  const on = (type, kind) =>
    window.addEventListener(type, (event) => {
      if (event.isTrusted) window.reportHand(kind(event));
    }, true);
  on('pointerdown', () => 'click');
  on('keydown', () => 'key');
  on('beforeinput', ({ data, inputType }) =>
    inputType === 'insertText' && (data ?? '').length > 1 ? 'paste' : 'typed');
})()`;

const COUNTED: Readonly<Record<string, keyof Hands>> = { click: 'clicks', key: 'keys' };

/** Counts from now on, in pages that are opened after this. */
export async function countHands(context: BrowserContext): Promise<Hands> {
  const hands = { clicks: 0, keys: 0 };
  await context.exposeBinding('reportHand', (_source, kind: string) => {
    const counted = COUNTED[kind];
    if (counted) hands[counted]++;
    if (kind === 'paste') hands.keys += 2;
  });
  await context.addInitScript({ content: REPORT });
  return hands;
}

/**
 * How long a person who knows what to do needs for that, in minutes, by the keystroke-level model (Card, Moran and
 * Newell, 1980): 1.1 s to point, 0.2 s to click, 1.35 s to think of it, 0.28 s for a key.
 */
export const activeMinutes = ({ clicks, keys }: Hands): number =>
  Math.round(((clicks * (1.1 + 0.2 + 1.35) + keys * 0.28) / 60) * 10) / 10;
